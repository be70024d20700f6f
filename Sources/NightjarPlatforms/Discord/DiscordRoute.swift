import Foundation
import NightjarEngine

/// The way back that is noted with a message from Discord.
struct DiscordRoute: Codable, Sendable, Equatable {
    /// An interaction's token, which lasts 15 minutes from `since`, in milliseconds since 1970.
    var token: String?
    var since: Int64?
    /// The message to reply to.
    var message: String?

    /// Empty when there is none, or none that can be read.
    init(_ text: String?) {
        self = text.flatMap { try? JSONDecoder().decode(DiscordRoute.self, from: Data($0.utf8)) } ?? DiscordRoute()
    }

    init(token: String? = nil, since: Timestamp? = nil, message: String? = nil) {
        self.token = token
        self.since = since?.milliseconds
        self.message = message
    }

    var text: String {
        var members: [String: JSONValue] = [:]
        members["token"] = token.map(JSONValue.string)
        members["since"] = since.map(JSONValue.integer)
        members["message"] = message.map(JSONValue.string)
        return JSONValue.object(members).text
    }

    /// Whether Discord may not have read yet how the interaction is answered.
    func isFresh(at now: Timestamp) -> Bool {
        since.map { now < Timestamp(milliseconds: $0) + DiscordLimits.deferralTime } ?? false
    }

    /// The interaction's token, while Discord takes it.
    func token(at now: Timestamp) -> String? {
        guard let token, let since, now < Timestamp(milliseconds: since) + DiscordLimits.tokenLifetime else { return nil }
        return token
    }
}
