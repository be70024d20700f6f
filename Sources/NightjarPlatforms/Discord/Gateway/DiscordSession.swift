import NightjarEngine

/// A session with the Gateway, over as many connections as it lasts; pure.
///
/// https://docs.discord.com/developers/events/gateway#connection-lifecycle: Hello, then Identify or Resume, then events, each with a number.
struct DiscordSession: Sendable {
    /// Messages in servers and to the bot alone, with their text.
    static let intents: Int64 = 1 << 9 | 1 << 12 | 1 << 15

    /// What is to be done about a payload.
    enum Action: Sendable, Equatable {
        /// Begin to send heartbeats with this period, then say who is there.
        case begin(heartbeatPeriod: Duration, JSONValue)
        case heartbeat
        case acknowledged
        case ready
        case dispatch(String, JSONValue)
        /// Open another connection.
        case reconnect
        /// Likewise, after a pause of one to five seconds.
        case invalidSession
        case none
    }

    let token: Secret
    private var id: String?
    private var resumeURL: String?
    private(set) var sequence: Int64?
    /// The bot's own user, once Discord has told it.
    private(set) var user: String?

    init(token: Secret) { self.token = token }

    /// Where the session goes on; nil when a new one is to begin.
    var address: String? { id == nil ? nil : resumeURL }

    mutating func forget() {
        id = nil
        resumeURL = nil
        sequence = nil
    }

    mutating func receive(_ payload: DiscordGatewayPayload) -> Action {
        switch payload.operation {
        case DiscordGatewayPayload.Operation.hello:
            let milliseconds = max(1, payload.data["heartbeat_interval"]?.integer ?? Self.standardHeartbeat)
            return .begin(heartbeatPeriod: .milliseconds(milliseconds), introduction)
        case DiscordGatewayPayload.Operation.heartbeat: return .heartbeat
        case DiscordGatewayPayload.Operation.heartbeatAck: return .acknowledged
        case DiscordGatewayPayload.Operation.reconnect: return .reconnect
        case DiscordGatewayPayload.Operation.invalidSession:
            if payload.data != true { forget() }
            return .invalidSession
        case DiscordGatewayPayload.Operation.dispatch: return dispatch(payload)
        default: return .none
        }
    }

    /// An event counts as received when it has been dealt with, so that it comes again after a break.
    mutating func didHandle(_ payload: DiscordGatewayPayload) {
        if let number = payload.sequence { sequence = number }
    }

    private static let standardHeartbeat: Int64 = 41_250

    private mutating func dispatch(_ payload: DiscordGatewayPayload) -> Action {
        switch payload.event {
        case "READY":
            id = payload.data["session_id"]?.string
            resumeURL = payload.data["resume_gateway_url"]?.string
            user = payload.data["user"]?["id"]?.string
            return .ready
        case "RESUMED": return .ready
        case let event?: return .dispatch(event, payload.data)
        case nil: return .none
        }
    }

    /// Identify, or Resume where there is something to resume.
    private var introduction: JSONValue {
        if let id, let sequence {
            let data: JSONValue = ["token": .string(token.reveal()), "session_id": .string(id), "seq": .integer(sequence)]
            return ["op": .integer(DiscordGatewayPayload.Operation.resume), "d": data]
        }
        let properties: JSONValue = ["os": "linux", "browser": "nightjar", "device": "nightjar"]
        let data: JSONValue = ["token": .string(token.reveal()), "intents": .integer(Self.intents), "properties": properties]
        return ["op": .integer(DiscordGatewayPayload.Operation.identify), "d": data]
    }

    var heartbeat: JSONValue {
        ["op": .integer(DiscordGatewayPayload.Operation.heartbeat), "d": sequence.map(JSONValue.integer) ?? .null]
    }
}
