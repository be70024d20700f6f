import NightjarEngine

extension JSONWriter {
    /// A reply as the sender of a message sees it.
    mutating func members(of reply: OutboxEntry) {
        member("text", reply.rendered?.plainText ?? "")
        member("task", reply.taskID?.rawValue)
        if case .payload(let payload) = reply.rendered { member("payload", payload) }
        guard case .file(let file, _) = reply.content else { return }
        key("files")
        array([file]) { json, file in
            json.object { json in
                json.member("name", file.name)
                json.member("type", file.type)
                json.member("content", file.base64)
            }
        }
    }
}
