import NightjarEngine

/// A message of Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode).
enum SlackSocketFrame: Sendable, Equatable {
    /// - Parameter connections: how many the app has; each message goes to one of them.
    case hello(connections: Int64?)
    case disconnect(reason: String)
    case envelope(SlackSocketEnvelope)
    case unknown

    init(_ text: String) {
        guard let frame = try? JSONValue(parsing: text) else {
            self = .unknown
            return
        }
        switch frame["type"]?.string {
        case "hello": self = .hello(connections: frame["num_connections"]?.integer)
        case "disconnect": self = .disconnect(reason: frame["reason"]?.string ?? "")
        case let type?:
            if let id = frame["envelope_id"]?.string {
                self = .envelope(
                    SlackSocketEnvelope(
                        id: id, type: type, payload: frame["payload"] ?? .null, takesPayload: frame["accepts_response_payload"] == true))
            } else {
                self = .unknown
            }
        case nil: self = .unknown
        }
    }
}
