/// Something that asks the engine to act: a person's message, an API call, or a trigger's firing.
///
/// All of them enter by the same door (``Store/accept(_:claiming:)``): de-duplicated, persisted, and only then acknowledged.
public struct InboundMessage: Codable, Sendable, Equatable {
    /// What the message asks for.
    public enum Kind: Codable, Sendable, Hashable {
        /// A person's text, to be parsed and routed.
        case chat
        /// Text for the session of one agent, past the command parser: what triggers send.
        case agentInput(agent: String)
        /// A trigger's firing, whose handler is to be run.
        case trigger(name: String)
        /// A request that fires a trigger; the text is the ``TriggerRequest``.
        case request(trigger: String)
    }

    public var id: MessageID
    public var kind: Kind
    public var address: Address
    /// The sender's own name for this message. The same (platform, channel, user, id) is accepted once in 24 h.
    public var externalID: String?
    public var text: String
    /// The platform's own way back to where the message came from, which it finds again with every reply: the generic webhook's
    /// `callback_url`, an interaction's token, the message to quote. The engine does not look into it.
    public var replyRoute: String?
    public var receivedAt: Timestamp
    public var files: [MessageFile]

    public init(
        id: MessageID = .next(), kind: Kind = .chat, address: Address, externalID: String? = nil, text: String,
        replyRoute: String? = nil, receivedAt: Timestamp, files: [MessageFile] = []
    ) {
        self.id = id
        self.kind = kind
        self.address = address
        self.externalID = externalID
        self.text = text
        self.replyRoute = replyRoute
        self.receivedAt = receivedAt
        self.files = Array(files.prefix(FileLimits.filesMax))
    }

    /// The text as an agent is given it: with a line for each file.
    var textForAgent: String {
        ([text].filter { !$0.isEmpty } + files.map(\.line)).joined(separator: "\n")
    }
}
