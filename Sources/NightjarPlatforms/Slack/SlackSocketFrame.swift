import NightjarEngine

/// A message of Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode).
enum SlackSocketFrame: Sendable, Equatable {
    case hello
    case disconnect(reason: String)
    /// What HTTP would bring as a request.
    case envelope(id: String, type: String, payload: JSONValue)
    case unknown

    init(_ text: String) {
        guard let frame = try? JSONValue(parsing: text) else {
            self = .unknown
            return
        }
        switch frame["type"]?.string {
        case "hello": self = .hello
        case "disconnect": self = .disconnect(reason: frame["reason"]?.string ?? "")
        case let type?:
            if let id = frame["envelope_id"]?.string {
                self = .envelope(id: id, type: type, payload: frame["payload"] ?? .null)
            } else {
                self = .unknown
            }
        case nil: self = .unknown
        }
    }
}
