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

    /// - Throws: ``Problem`` when the wait is no duration, or longer than ``ServerLimits/waitMax``.
    init(_ request: IncomingRequest) throws(Problem) {
        if let accept = request.headers[.accept], accept.contains(EventStreams.contentType) {
            self = .stream
        } else if let text = request.query["wait"] {
            self = .wait(try Self.duration(text))
        } else {
            self = .acknowledge
        }
    }

    private static func duration(_ text: String) throws(Problem) -> Duration {
        let duration: Duration
        do {
            duration = try DurationText.parse(text)
        } catch {
            throw Problem(.badRequest, "bad_wait", "The query's wait is no duration: \(error)")
        }
        guard duration <= ServerLimits.waitMax else {
            throw Problem(
                .badRequest, "bad_wait",
                """
                A wait lasts at most \(DurationText.format(ServerLimits.waitMax)); for more, read GET /api/v1/messages/{id} until it is \
                done, or accept text/event-stream.
                """)
        }
        return duration
    }
}
