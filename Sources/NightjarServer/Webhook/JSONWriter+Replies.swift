import NightjarEngine

extension JSONWriter {
    /// A reply as the sender of a message sees it.
    mutating func members(of reply: OutboxEntry) {
        member("text", reply.rendered?.plainText ?? "")
        member("task", reply.taskID?.rawValue)
    }
}
