import NightjarEngine

/// A message of the Gateway (https://docs.discord.com/developers/events/gateway-events#payload-structure).
struct DiscordGatewayPayload: Sendable, Equatable {
    enum Operation {
        static let dispatch: Int64 = 0
        static let heartbeat: Int64 = 1
        static let identify: Int64 = 2
        static let resume: Int64 = 6
        static let reconnect: Int64 = 7
        static let invalidSession: Int64 = 9
        static let hello: Int64 = 10
        static let heartbeatAck: Int64 = 11
    }

    var operation: Int64
    var data: JSONValue
    var sequence: Int64?
    var event: String?

    /// - Returns: nil when it is none.
    init?(_ text: String) {
        guard let payload = try? JSONValue(parsing: text), let operation = payload["op"]?.integer else { return nil }
        self.operation = operation
        data = payload["d"] ?? .null
        sequence = payload["s"]?.integer
        event = payload["t"]?.string
    }
}
