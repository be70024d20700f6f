/// A message on its way to a person, in the platform's dialect. A reply that is too long for one goes out as several.
public struct OutboundMessage: Sendable, Equatable {
    /// The outbox entry.
    public var id: String
    public var address: Address
    /// What the platform noted with the message that this one answers: its way back.
    public var replyRoute: String?
    public var messageID: MessageID?
    public var taskID: TaskID?
    public var kind: String
    public var rendered: RenderedMessage
    /// Which part of the reply it is, counted from 0.
    public var part: Int
    public var partCount: Int
    /// The platform's name for a draft that this message takes the place of.
    public var draft: String?
    /// The question whose choices are to be buttons of this message; nil when it has none, or too many for the platform.
    public var question: Question?
    /// The file that goes with this message.
    public var file: OutboundFile?

    /// - Parameters:
    ///   - rendered: the whole reply.
    ///   - buttonsMax: as the platform's capabilities say.
    public init(_ entry: OutboxEntry, rendered: RenderedMessage, part: Int = 0, draft: String? = nil, buttonsMax: Int = 0) {
        id = entry.id
        address = entry.address
        replyRoute = entry.replyRoute
        messageID = entry.messageID
        taskID = entry.taskID
        kind = entry.content.kind
        self.rendered = rendered.part(part)
        self.part = part
        partCount = rendered.partCount
        self.draft = draft
        switch rendered {
        case .excerpt(_, let whole): file = whole
        default: if case .file(let file, _) = entry.content, part == partCount - 1 { self.file = file }
        }
        if case .question(let question) = entry.content, question.choices.count <= buttonsMax, part == partCount - 1 {
            self.question = question
        }
    }

    /// The same for each try of the same part, and for nothing else.
    public var idempotencyKey: String { partCount == 1 ? id : "\(id)-\(part)" }
}
