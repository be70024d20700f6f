import Logging
import Synchronization

extension Engine {
    /// Stores one reply of a handler and has it delivered; it is durable when this returns. Empty text is nothing to send.
    func post(
        _ content: ReplyContent, to address: Address, replyRoute: String? = nil, messageID: MessageID?, taskID: TaskID?,
        origin: String?
    ) async throws {
        if case .text("") = content { return }
        let entry = entry(
            content, to: address, replyRoute: replyRoute, messageID: messageID, taskID: taskID, origin: origin)
        // A handler that runs again after a crash posts what it has posted before: that is on its way already.
        let stored = try await whenStoreWorks(["reply.id": "\(entry.id)"]) {
            try await flush()
            return try await store.post([entry])
        }
        didPost(stored)
    }

    /// Ends the handling of a message: its replies and its end are one step in the store. While the store fails it is tried again,
    /// for the work is done.
    func finish(_ message: InboundMessage, replies: [ReplyContent]) async {
        let entries = replies.enumerated().map { index, content in
            entry(
                content, to: message.address, replyRoute: message.replyRoute, messageID: message.id, taskID: nil,
                origin: "\(message.id)#answer\(index)")
        }
        while true {
            do {
                try await flush()
                try await store.finishMessage(message.id, replies: entries)
                didPost(entries)
                return
            } catch {
                logger.error(
                    "a message's end cannot be stored, trying again",
                    metadata: ["message.id": "\(message.id)", "error": "\(error)"])
                if (error as? StoreError)?.code == .closed { return }
                // Cut short when the process goes down: the message stays unhandled, and the next process handles it again.
                do { try await clock.sleep(for: EngineLimits.storeRetryPause) } catch { return }
            }
        }
    }

    func entry(
        _ content: ReplyContent, to address: Address, replyRoute: String? = nil, messageID: MessageID?, taskID: TaskID?,
        origin: String?
    ) -> OutboxEntry {
        presenter.prepared(
            OutboxEntry(
                address: address, replyRoute: replyRoute, content: content, messageID: messageID, taskID: taskID,
                origin: origin, createdAt: clock.now))
    }

    /// - Parameter target: `platform:channel`.
    /// - Throws: ``ScriptError`` when it is not of that form, or there is no such platform.
    func address(of target: String, user: String) throws -> Address {
        guard let colon = target.firstIndex(of: ":"), colon != target.startIndex, target.index(after: colon) != target.endIndex
        else {
            throw ScriptError(
                code: "bad_channel", message: "\"\(target)\" is no channel: write platform:channel, such as \"webhook:ops\"")
        }
        let platform = String(target[..<colon])
        // One that is declared and not here, as in a terminal, gets it in the next process that has it.
        guard presenter.platform(platform) != nil || definitions.platforms.contains(where: { $0.name == platform }) else {
            throw ScriptError(
                code: "unknown_platform", message: "there is no platform \"\(platform)\" to post to; the scripts must declare it")
        }
        return Address(platform: platform, channel: String(target[target.index(after: colon)...]), user: user)
    }
}

extension Engine: OrchestratorDelegate {
    func outboxEntry(_ content: ReplyContent, about task: TaskRecord, origin: String) -> OutboxEntry {
        entry(content, to: task.address, replyRoute: task.replyRoute, messageID: task.messageID, taskID: task.id, origin: origin)
    }

    func didPost(_ entries: [OutboxEntry]) {
        let (here, waiting) = apart(entries)
        send(here)
        for entry in waiting {
            let metadata: Logger.Metadata = ["platform": "\(entry.address.platform)", "channel": "\(entry.address.channel)"]
            if runsTriggers {
                logger.info("a message waits for its platform, which is not here", metadata: metadata)
            } else {
                // The person at the terminal would look for it there.
                logger.warning("a message waits for its platform, which nightjar run has", metadata: metadata)
            }
        }
    }

    /// Takes over what was promised before, and is not news.
    func restore(_ entries: [OutboxEntry]) {
        let (here, waiting) = apart(entries)
        tellOfRepeats(here)
        send(here)
        for (name, entries) in Dictionary(grouping: waiting, by: \.address.platform) {
            logger.info("replies wait for their platform", metadata: ["platform": "\(name)", "replies": "\(entries.count)"])
        }
    }

    /// Sends what waited for a platform that has come.
    func deliverWaiting() {
        restore(waitingReplies.take { presenter.platform($0) != nil })
    }

    /// - Returns: the entries that can be sent, and those that are kept for a platform that is not here.
    private func apart(_ entries: [OutboxEntry]) -> (here: [OutboxEntry], waiting: [OutboxEntry]) {
        var parts: (here: [OutboxEntry], waiting: [OutboxEntry]) = ([], [])
        for entry in entries {
            let waits = entry.state == .pending && waitingReplies.keep(entry) { presenter.platform($0) != nil }
            if waits { parts.waiting.append(entry) } else { parts.here.append(entry) }
        }
        return parts
    }

    private func send(_ entries: [OutboxEntry]) {
        for entry in entries {
            guard let id = entry.messageID else {
                if entry.state == .delivered { tellOfUnread(entry) }
                continue
            }
            if entry.state == .delivered {
                metrics.replyDelivered()
                tracker.publish(.reply(entry), to: id)
                if case .question(let question) = entry.content { tracker.publish(.asked(question: question.id), to: id) }
            } else {
                tracker.open(id)
            }
        }
        outbox.deliver(entries)
    }

    /// What is said where replies are kept with the message they answer, and answers none, is in nobody's hands: the log has it.
    private func tellOfUnread(_ entry: OutboxEntry) {
        logger.info(
            "a message to a place where only answers are read",
            metadata: [
                "platform": "\(entry.address.platform)", "channel": "\(entry.address.channel)",
                "text": "\(entry.rendered?.plainText ?? "")",
            ])
    }

    func didBegin(_ task: TaskRecord) async { await drafts.begin(task) }

    func didLeave(_ task: TaskRecord) { drafts.end(task.id) }

    func didStream(_ text: String, of task: TaskRecord) async {
        drafts.append(text, of: task)
        // What nobody is told the end of is not the conversation's: the handler that runs it decides what is said.
        guard let id = task.messageID, task.reporting != .none else { return }
        tracker.publish(text, of: task, to: id)
    }

    func didFinish(_ task: TaskRecord) async {
        guard task.depth == 0 else { return }
        if let parent = state.withLock({ $0.parentSessions.removeValue(forKey: task.id) }) {
            await startTurn(sessions.independentTaskEnded(at: parent), at: parent)
        }
        let next = task.isSessionTurn ? sessions.turnEnded(task.id, at: task.session) : sessions.independentTaskEnded(at: task.session)
        if let id = task.messageID { tracker.close(id) }
        await startTurn(next, at: task.session)
    }

    func context(for task: TaskRecord, callID: String, definitions: Definitions) -> HandlerContext {
        HandlerContext(
            engine: self, definitions: definitions, address: task.address, text: task.input, messageID: task.messageID,
            replyRoute: task.replyRoute, task: task, originPrefix: "\(task.id)/\(callID)")
    }
}
