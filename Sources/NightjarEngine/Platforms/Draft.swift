/// The beginning of an answer that is still being written, as a person may see it meanwhile.
public struct Draft: Sendable, Equatable {
    public var address: Address
    public var replyRoute: String?
    public var taskID: TaskID
    /// In the platform's dialect, not longer than one message.
    public var text: String
    /// All of it, as it was written.
    public var markdown: String
    /// The platform's name for the message that shows the draft so far; nil for the first time.
    public var reference: String?

    public init(address: Address, replyRoute: String?, taskID: TaskID, text: String, markdown: String? = nil, reference: String? = nil) {
        self.address = address
        self.replyRoute = replyRoute
        self.taskID = taskID
        self.text = text
        self.markdown = markdown ?? text
        self.reference = reference
    }
}
