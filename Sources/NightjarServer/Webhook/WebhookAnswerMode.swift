import HTTPTypes
import NightjarEngine

/// How a sender wants to hear the replies to its message.
enum WebhookAnswerMode: Equatable {
    /// Not in this response.
    case acknowledge
    /// Those that come in time, in one response.
    case wait(Duration)
    /// Each event as it comes.
    case stream

    /// - Throws: ``Problem`` when the wait is no duration.
    init(_ request: IncomingRequest) throws(Problem) {
        if let accept = request.headers[.accept], accept.contains("text/event-stream") {
            self = .stream
        } else if let text = request.query["wait"] {
            do {
                self = .wait(min(try DurationText.parse(text), ServerLimits.waitMax))
            } catch {
                throw Problem(.badRequest, "bad_wait", "The query's wait is no duration: \(error)")
            }
        } else {
            self = .acknowledge
        }
    }
}
