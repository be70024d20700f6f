/// How a ``StandInSocketServer`` answers who wants a WebSocket.
public enum StandInSocketAnswer: Sendable {
    /// - Parameter headers: beside those that are needed.
    case agree(headers: [String: String] = [:])
    /// Nothing, while the connection stays open.
    case stall
}
