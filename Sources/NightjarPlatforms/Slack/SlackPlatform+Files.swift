public import NightjarEngine

/// Files, out by Slack's three steps (https://docs.slack.dev/messaging/working-with-files#upload) and in by their private addresses.
extension SlackPlatform {
    /// Sends a file with its comment, in place of the draft if there is one.
    ///
    /// The bytes go ahead of the comment, so that nothing is said when they cannot go.
    /// - Returns: nil: what shows a file is not changed later.
    func upload(_ file: OutboundFile, with content: SlackContent, of message: OutboundMessage) async throws -> String? {
        let address = message.address
        let id = try await bring(file)
        let (channel, comment) = try await place(of: file, with: content, message)
        try await pacer.turn(for: address.channel)
        var arguments: [String: JSONValue] = [
            "files": [["id": .string(id), "title": .string(file.title ?? file.name)]], "channel_id": .string(channel),
        ]
        if !comment.isEmpty { arguments["initial_comment"] = .string(comment) }
        if let thread = address.thread { arguments["thread_ts"] = .string(thread) }
        try await api.call("files.completeUploadExternal", arguments)
        placedComments.remove(message.id)
        if let thread = address.thread { memory.didPost(to: thread) }
        if let draft = message.draft.flatMap(SlackMessageReference.init) { await remove(draft) }
        return nil
    }

    /// Gives Slack the bytes of a file, which nobody sees yet.
    /// - Returns: the file's id.
    private func bring(_ file: OutboundFile) async throws -> String {
        let place = try await api.submit("files.getUploadURLExternal", ["filename": file.name, "length": "\(file.size)"])
        guard let url = place["upload_url"]?.string, let id = place["file_id"]?.string, options.isSlack(url) else {
            throw DeliveryError("Slack gave no address to upload a file to", isRetryable: true)
        }
        try await api.put(file.content, at: url)
        return id
    }

    /// Where a file goes and what is said with it. Files go to channels by their ids alone, and what was posted by a name, or to a person,
    /// tells the id.
    private func place(of file: OutboundFile, with content: SlackContent, _ message: OutboundMessage) async throws -> (
        channel: String, comment: String
    ) {
        let name = message.address.channel
        let comment = content.members["text"]?.string ?? ""
        if Self.isChannelID(name) { return (name, comment) }
        if let id = memory.channelID(name) { return (id, placedComments.contains(message.id) ? "" : comment) }
        let said = SlackContent(draft: comment.isEmpty ? file.title ?? file.name : comment)
        let key = Self.key(message.idempotencyKey)
        let posted = try await post(said, to: message.address, route: message.replyRoute, key: key)
        _ = placedComments.insert(message.id)
        guard let posted else { throw DeliveryError("Slack takes no files there", isRetryable: false, isAboutContent: true) }
        return (posted.channel, "")
    }

    /// Whether it is the beginning of an answer that was said already, before its file was refused: the engine sends the whole as messages
    /// then.
    func isPlaced(_ message: OutboundMessage) -> Bool {
        message.file == nil && message.part == 0 && placedComments.contains(message.id)
    }

    /// Names have no capital letters, and a person's id is no channel's.
    private static func isChannelID(_ channel: String) -> Bool {
        channel.wholeMatch(of: /[CDGZ][A-Z0-9]{2,}/) != nil
    }

    /// What showed the beginning is in the way of what was sent; that it stays is no reason to send that again.
    func remove(_ draft: SlackMessageReference) async {
        if draft.isStream { try? await endStream(draft) }
        _ = try? await api.call("chat.delete", ["channel": .string(draft.channel), "ts": .string(draft.ts)])
    }

    public func read(_ file: MessageFile) async throws -> [UInt8] {
        guard options.isSlack(file.reference) else { throw DeliveryError("it is not kept by Slack", isRetryable: false) }
        return try await api.read(file.reference, isPage: file.type.hasPrefix("text/html"))
    }
}
