import NIOCore
import NightjarEngine

/// One event of a stream of server-sent events
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation), its data being JSON on one line.
struct EventFrame: Sendable, Equatable {
    /// A comment, which clients pass over.
    static let keepAlive = EventFrame(buffer: ByteBuffer(string: ": keep-alive\n\n"))

    let buffer: ByteBuffer

    private init(buffer: ByteBuffer) {
        self.buffer = buffer
    }

    private init(_ event: StaticString, _ members: (inout JSONWriter) -> Void) {
        var data = JSONWriter.object(members)
        var frame = ByteBufferAllocator().buffer(capacity: data.readableBytes + 32)
        frame.writeStaticString("event: ")
        frame.writeStaticString(event)
        frame.writeStaticString("\ndata: ")
        frame.writeBuffer(&data)
        frame.writeStaticString("\n\n")
        buffer = frame
    }

    /// The message is taken.
    static func ack(_ id: MessageID) -> EventFrame {
        EventFrame("ack") { $0.member("id", id.rawValue) }
    }

    static func message(_ reply: OutboxEntry) -> EventFrame {
        EventFrame("message") { $0.members(of: reply) }
    }

    /// The message's work is done; nothing follows.
    static func end(_ id: MessageID) -> EventFrame {
        EventFrame("end") { $0.member("id", id.rawValue) }
    }

    static func task(_ task: TaskRecord) -> EventFrame {
        EventFrame("task") { $0.members(of: task) }
    }

    /// - Returns: nil for what the stream has said already.
    init?(_ event: MessageEvent, of id: MessageID) {
        switch event {
        case .delta(let task, let attempt, let text):
            self.init("delta") { json in
                json.member("task", task.rawValue)
                json.member("attempt", attempt)
                json.member("text", text)
            }
        case .reply(let reply):
            self = .message(reply)
        case .asked:
            return nil
        case .end:
            self = .end(id)
        }
    }
}
