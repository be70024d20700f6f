import Logging
public import NightjarEngine

extension SlackPlatform {
    public func draftPause(at address: Address) -> Duration? {
        options.streaming == .off ? nil : SlackLimits.draftPause
    }

    public func show(_ draft: Draft) async throws -> String? {
        try await explainingFailures(in: draft.address.channel) {
            guard let reference = draft.reference.flatMap(SlackMessageReference.init) else {
                // One that may be there cannot be found again, and another one would show the same a second time.
                return memory.hasLostStream(of: draft.taskID) ? nil : try await begin(draft)?.text
            }
            if reference.isStream { return try await continueStream(reference, with: draft).text }
            try await update(reference, SlackContent(draft: draft.text))
            return reference.text
        }
    }

    private func begin(_ draft: Draft) async throws -> SlackMessageReference? {
        if let arguments = streamArguments(draft) {
            do {
                return try await startStream(arguments, with: draft)
            } catch let failure as SlackFailure where !failure.isTemporary {
                logger.info(
                    "Slack does not stream in this channel, so drafts are shown by edits",
                    metadata: ["channel": "\(draft.address.channel)", "error.code": "\(failure.code)"])
                memory.refusesStreams(draft.address.channel)
            }
        }
        return try await post(
            SlackContent(draft: draft.text), to: draft.address, route: nil, key: Self.key("\(draft.taskID)#draft"))
    }

    // MARK: Native streaming (https://docs.slack.dev/reference/methods/chat.startStream)

    /// - Returns: nil where there can be no stream: streams are in threads, and for somebody.
    private func streamArguments(_ draft: Draft) -> [String: JSONValue]? {
        let address = draft.address
        guard options.streaming == .native, let thread = address.thread, memory.takesStreams(address.channel),
            let team = SlackRoute(draft.replyRoute).team
        else { return nil }
        return [
            "channel": .string(address.channel), "thread_ts": .string(thread), "recipient_team_id": .string(team),
            "recipient_user_id": .string(address.user),
        ]
    }

    private func startStream(_ arguments: [String: JSONValue], with draft: Draft) async throws -> SlackMessageReference? {
        let text = Self.streamed(draft.markdown)
        try await pacer.turn(for: draft.address.channel)
        let answer: JSONValue
        do {
            answer = try await api.call("chat.startStream", arguments.merging(["markdown_text": .string(text)]) { $1 })
        } catch let error as DeliveryError where error.retryAfter == nil {
            memory.didLoseStream(of: draft.taskID)
            throw error
        }
        guard let ts = answer["ts"]?.string else { return nil }
        memory.didStream(text, to: ts)
        if let thread = draft.address.thread { memory.didPost(to: thread) }
        return SlackMessageReference(channel: answer["channel"]?.string ?? draft.address.channel, ts: ts, isStream: true)
    }

    /// Appends what is new. When that is not how the text has changed, or the stream has ended, the draft goes on by edits.
    private func continueStream(_ reference: SlackMessageReference, with draft: Draft) async throws -> SlackMessageReference {
        let text = Self.streamed(draft.markdown)
        if let old = memory.streamed(reference.ts), text.utf8.starts(with: old.utf8) {
            let new = String(decoding: text.utf8.dropFirst(old.utf8.count), as: UTF8.self)
            guard !new.isEmpty else { return reference }
            do {
                try await api.call(
                    "chat.appendStream",
                    ["channel": .string(reference.channel), "ts": .string(reference.ts), "markdown_text": .string(new)])
                memory.didStream(text, to: reference.ts)
                return reference
            } catch let failure as SlackFailure where !failure.isTemporary {
                logger.info(
                    "a stream has broken off, so the draft is shown by edits",
                    metadata: ["channel": "\(reference.channel)", "error.code": "\(failure.code)"])
            }
        }
        try await endStream(reference)
        try await update(reference.ended, SlackContent(draft: draft.text))
        return reference.ended
    }

    /// - Throws: only what may be tried again: a stream that cannot be ended has ended.
    func endStream(_ reference: SlackMessageReference) async throws {
        do {
            try await api.call("chat.stopStream", ["channel": .string(reference.channel), "ts": .string(reference.ts)])
        } catch let failure as SlackFailure where !failure.isTemporary {
            logger.debug("a stream had ended before", metadata: ["channel": "\(reference.channel)", "error.code": "\(failure.code)"])
        }
        memory.didEndStream(reference.ts)
    }

    /// As much as one message shows, cut between characters; later drafts begin with the same text.
    private static func streamed(_ markdown: String) -> String {
        let text = SlackText.withoutMentions(markdown)
        guard text.utf8.count > SlackLimits.streamBytesMax else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: SlackLimits.streamBytesMax)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }
}
