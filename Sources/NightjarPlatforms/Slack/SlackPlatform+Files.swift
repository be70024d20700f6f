public import NightjarEngine

/// Files, out by Slack's three steps (https://docs.slack.dev/messaging/working-with-files#upload) and in by their private addresses.
extension SlackPlatform {
    /// Sends a file with its comment, in place of the draft if there is one.
    /// - Returns: nil: what shows a file is not changed later.
    func upload(_ file: OutboundFile, with content: SlackContent, of message: OutboundMessage) async throws -> String? {
        let address = message.address
        if let draft = message.draft.flatMap(SlackMessageReference.init) {
            if draft.isStream { try await endStream(draft) }
            // The file and its comment take its place.
            _ = try? await api.call("chat.delete", ["channel": .string(draft.channel), "ts": .string(draft.ts)])
        }
        try await pacer.turn(for: address.channel)
        let place = try await api.submit("files.getUploadURLExternal", ["filename": file.name, "length": "\(file.size)"])
        guard let url = place["upload_url"]?.string, let id = place["file_id"]?.string, options.isSlack(url) else {
            throw DeliveryError("Slack gave no address to upload a file to", isRetryable: true)
        }
        try await api.put(file.content, at: url)
        var arguments: [String: JSONValue] = [
            "files": [["id": .string(id), "title": .string(file.title ?? file.name)]], "channel_id": .string(address.channel),
        ]
        if let text = content.members["text"]?.string, !text.isEmpty { arguments["initial_comment"] = .string(text) }
        if let thread = address.thread { arguments["thread_ts"] = .string(thread) }
        try await api.call("files.completeUploadExternal", arguments)
        if let thread = address.thread { memory.didPost(to: thread) }
        return nil
    }

    public func read(_ file: MessageFile) async throws -> [UInt8] {
        guard options.isSlack(file.reference) else { throw DeliveryError("it is not kept by Slack", isRetryable: false) }
        return try await api.read(file.reference, isPage: file.type.hasPrefix("text/html"))
    }
}
