import Foundation
import NightjarEngine

/// The way back that is noted with a message from Slack.
struct SlackRoute: Codable, Sendable, Equatable {
    /// The sender's workspace, which streams ask for.
    var team: String?
    /// Where a slash command can be answered in channels that the app is no member of: five times within 30 minutes.
    var responseURL: String?

    private enum CodingKeys: String, CodingKey {
        case team
        case responseURL = "response_url"
    }

    init(team: String? = nil, responseURL: String? = nil) {
        self.team = team
        self.responseURL = responseURL
    }

    /// Empty when there is none, or none that can be read.
    init(_ text: String?) {
        self = text.flatMap { try? JSONDecoder().decode(SlackRoute.self, from: Data($0.utf8)) } ?? SlackRoute()
    }

    var text: String {
        JSONValue.object(["team": team, "response_url": responseURL].compactMapValues { $0.map(JSONValue.string) }).text
    }
}
