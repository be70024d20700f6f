import Crypto
import Foundation
public import NightjarEngine
import Synchronization

/// What Slack sends, signed. The persons' messages are in the workspace from then on.
extension StandInSlack {
    /// Says something as a person. In a direct message Slack tells of it as it is; in a channel the app must be a member.
    /// - Parameter moment: of the signature; it must be near the clock of who verifies it.
    public func message(
        _ text: String, user: String = "U0ANN", channel: String = "D0ANN", thread: String? = nil, at moment: Timestamp
    ) -> PlatformRequest {
        let said = say(text, user: user, channel: channel, thread: thread)
        return event(Self.member(said, type: "message"), at: moment)
    }

    /// Says something that mentions the app: Slack tells of it twice, as a message and as a mention, with ids of their own.
    public func mention(
        _ text: String, user: String = "U0ANN", channel: String = "C0OPS", thread: String? = nil, at moment: Timestamp
    ) -> [PlatformRequest] {
        let said = say("<@\(Self.botUser)> \(text)", user: user, channel: channel, thread: thread)
        return ["message", "app_mention"].map { event(Self.member(said, type: $0), at: moment) }
    }

    /// Types a slash command.
    public func command(
        _ command: String, _ text: String = "", user: String = "U0ANN", channel: String = "C0OPS", at moment: Timestamp
    ) -> PlatformRequest {
        let (number, name) = server.state.withLock { state in
            (state.next(), state.channels.first { $0.value == channel }?.key ?? "unknown")
        }
        let fields = [
            ("team_id", Self.team), ("team_domain", "stand-in"), ("channel_id", channel), ("channel_name", name),
            ("user_id", user),
            ("user_name", "ann"), ("command", command), ("text", text), ("api_app_id", "A0APP"),
            ("response_url", responseURL(channel: channel, ts: nil)), ("trigger_id", "\(number).trigger"),
        ]
        return form(fields, at: moment)
    }

    /// Presses a button of a message.
    /// - Parameter index: counted from 0.
    public func press(_ index: Int, of message: StandInSlackMessage, user: String = "U0ANN", at moment: Timestamp)
        -> PlatformRequest
    {
        let button = message.buttonElements[index]
        let action: [String: JSONValue] = [
            "type": "button", "action_id": button["action_id"] ?? "", "value": button["value"] ?? "",
            "block_id": message.actionBlocks.first?["block_id"] ?? "b1", "action_ts": .string(message.ts),
        ]
        var shown: [String: JSONValue] = [
            "type": "message", "ts": .string(message.ts), "text": .string(message.text), "blocks": .array(message.blocks),
        ]
        if let thread = message.thread { shown["thread_ts"] = .string(thread) }
        let payload: JSONValue = [
            "type": "block_actions", "team": ["id": .string(Self.team)], "user": ["id": .string(user), "username": "ann"],
            "channel": ["id": .string(message.channel), "name": "channel"], "message": .object(shown),
            "actions": [.object(action)],
            "response_url": .string(responseURL(channel: message.channel, ts: message.ts)), "trigger_id": "1.trigger",
        ]
        return form([("payload", payload.text)], at: moment)
    }

    /// Says something that mentions the app, with a file: Slack tells of it as a message and as a mention.
    public func mention(
        _ text: String, file: StandInFile, user: String = "U0ANN", channel: String = "C0OPS", at moment: Timestamp
    ) -> [PlatformRequest] {
        let said = say("<@\(Self.botUser)> \(text)", user: user, channel: channel, thread: nil)
        let path = server.state.withLock { state in
            let path = StandInSlackServer.filePath + "\(state.next())"
            state.files[path] = file
            return path
        }
        let shown: JSONValue = [
            "id": "F1", "name": .string(file.name), "mimetype": .string(file.type), "size": .integer(Int64(file.content.utf8.count)),
            "url_private": .string(provider.baseURL + path),
        ]
        return ["message", "app_mention"].map { type in
            var members = Self.member(said, type: type).object ?? [:]
            members["files"] = [shown]
            if type == "message" { members["subtype"] = "file_share" }
            return event(.object(members), at: moment)
        }
    }

    // MARK: Requests

    /// An event of the Events API.
    public func event(_ event: JSONValue, at moment: Timestamp) -> PlatformRequest {
        let number = server.state.withLock { $0.next() }
        let envelope: JSONValue = [
            "type": "event_callback", "team_id": .string(Self.team), "api_app_id": "A0APP", "event_id": .string("Ev\(number)"),
            "event_time": .integer(moment.milliseconds / 1000), "event": event,
            "authorizations": [["team_id": .string(Self.team), "user_id": .string(Self.botUser), "is_bot": true]],
        ]
        return Self.signed(envelope.text, contentType: "application/json", at: moment)
    }

    public func form(_ fields: [(String, String)], at moment: Timestamp) -> PlatformRequest {
        let body = fields.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        return Self.signed(body, contentType: "application/x-www-form-urlencoded", at: moment)
    }

    /// Any body, signed as Slack signs.
    public static func signed(
        _ body: String, contentType: String, secret: String = signingSecret, at moment: Timestamp
    ) -> PlatformRequest {
        let timestamp = "\(moment.milliseconds / 1000)"
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("v0:\(timestamp):\(body)".utf8), using: SymmetricKey(data: Array(secret.utf8)))
        let digits = code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return PlatformRequest(
            headers: [
                ("content-type", contentType), ("x-slack-request-timestamp", timestamp), ("x-slack-signature", "v0=\(digits)"),
            ], body: Array(body.utf8), receivedAt: moment)
    }

    /// What Socket Mode makes of a request: its kind, and the object that it carries.
    static func payload(of request: PlatformRequest) -> (type: String, payload: JSONValue) {
        let text = String(decoding: request.body, as: UTF8.self)
        if request.header("content-type") == "application/json" {
            return ("events_api", (try? JSONValue(parsing: text)) ?? .null)
        }
        var components = URLComponents()
        components.percentEncodedQuery = text
        let fields = Dictionary((components.queryItems ?? []).map { ($0.name, JSONValue.string($0.value ?? "")) }) { $1 }
        if let payload = fields["payload"]?.string { return ("interactive", (try? JSONValue(parsing: payload)) ?? .null) }
        return ("slash_commands", .object(fields))
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private func say(_ text: String, user: String, channel: String, thread: String?) -> StandInSlackMessage {
        server.state.withLock { state in
            let message = StandInSlackMessage(channel: channel, ts: state.nextTS(), thread: thread, user: user, text: text)
            state.messages.append(message)
            return message
        }
    }

    private static func member(_ said: StandInSlackMessage, type: String) -> JSONValue {
        var event: [String: JSONValue] = [
            "type": .string(type), "channel": .string(said.channel), "user": .string(said.user), "team": .string(team),
            "ts": .string(said.ts),
            "event_ts": .string(said.ts), "text": .string(said.text), "client_msg_id": .string("id of \(said.ts)"),
        ]
        if let thread = said.thread { event["thread_ts"] = .string(thread) }
        if type == "message" { event["channel_type"] = said.channel.hasPrefix("D") ? "im" : "channel" }
        return .object(event)
    }

    private func responseURL(channel: String, ts: String?) -> String {
        server.state.withLock { state in
            let path = StandInSlackServer.responsePath + "\(state.next())"
            state.responseURLs[path] = (0, channel, ts)
            return provider.baseURL + path
        }
    }
}
