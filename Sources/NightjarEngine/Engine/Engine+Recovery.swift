import Logging
import Synchronization

extension Engine {
    /// Takes over what an earlier process left: tasks it ran, replies it owed, messages it had not handled. Call it once, before
    /// ``run()``; the engine takes messages from then on.
    /// - Throws: ``StoreError``; what is wrong with a platform's declaration.
    public func prepare() async throws {
        try platforms.reconcile(with: definitions)
        try await stateTable.load()
        let recovered = try await store.recoverLeases(
            lostLeaseCap: orchestrator.lifecycle.policy.lostLeaseCap, at: clock.now, notice: { self.poisonNotice(of: $0) })
        for task in recovered where task.state == .failed {
            logger.error("a task was given up", metadata: ["task.id": "\(task.id)", "lost.leases": "\(task.lostLeases)"])
        }
        try await restoreSessions()
        try await restoreQuestions()
        try await restoreReplies()
        let unhandled = try await store.unhandledMessages()
        state.withLock { $0.preparedAt = clock.now }
        try await startTriggers()
        for message in takeUpFirings(among: unhandled).filter({ canHandle($0.message) }) {
            tracker.open(message.message.id)
            inProgress.add(1, ordering: .relaxed)
            incoming.put(message.message)
        }
        state.withLock { $0.phase = .ready }
    }

    /// In a terminal nothing of triggers runs, and a platform that is not here has no say in how its messages are read: the next process
    /// that has it handles them.
    private func canHandle(_ message: InboundMessage) -> Bool {
        if runsTriggers { return true }
        switch message.kind {
        case .trigger, .request: return false
        case .chat, .agentInput:
            let name = message.address.platform
            return presenter.platform(name) != nil && !LogPlatform.names.contains(name)
        }
    }

    /// Replies that an earlier process had begun to send: nobody knows whether the platform took them, so they are sent again, and the
    /// log says where a person may see one twice.
    func tellOfRepeats(_ owed: [OutboxEntry]) {
        let begun = owed.filter { $0.rendered != nil }
        for (name, entries) in Dictionary(grouping: begun, by: \.address.platform) {
            guard let platform = presenter.platform(name), !platform.capabilities.keepsReplies else { continue }
            let oldest = platform.capabilities.keyLifetime.map { clock.now - $0 }
            let known = entries.filter { entry in oldest.map { entry.createdAt > $0 } ?? false }
            let forgotten = entries.filter { entry in oldest.map { entry.createdAt <= $0 } ?? true }
            if !known.isEmpty {
                logger.notice(
                    "replies whose sending had begun are sent again under their keys, so that each is seen once",
                    metadata: Self.metadata(of: known, on: name))
            }
            if !forgotten.isEmpty {
                logger.warning(
                    "replies whose sending had begun are sent again; one that had arrived is seen twice",
                    metadata: Self.metadata(of: forgotten, on: name))
            }
        }
    }

    private static func metadata(of entries: [OutboxEntry], on platform: String) -> Logger.Metadata {
        [
            "platform": "\(platform)", "replies": "\(entries.count)",
            "outbox.ids": "\(entries.prefix(EngineLimits.namedRepeatsMax).map(\.id).joined(separator: " "))",
        ]
    }

    private func poisonNotice(of task: TaskRecord) -> OutboxEntry? {
        guard task.depth == 0 else { return nil }
        return Orchestrator.report(of: task, at: clock.now, isVerbose: definitions.settings.isVerbose)
            .map { outboxEntry($0, about: task, origin: OutboxEntry.origin(ofEndOf: task.id)) }
    }

    /// Replies that were promised and not delivered, however many.
    private func restoreReplies() async throws {
        var page = try await store.pendingOutbox(limit: EngineLimits.outboxPageMax)
        while !page.isEmpty {
            restore(page)
            page = try await store.pendingOutbox(limit: EngineLimits.outboxPageMax, after: page.last)
        }
    }

    /// Active tasks keep their sessions busy, as they did before.
    private func restoreSessions() async throws {
        var cursor: String?
        repeat {
            let page = try await store.tasks(
                TaskQuery(states: [.pending, .running], limit: StoreLimits.pageSizeMax, cursor: cursor))
            for task in page.tasks where task.depth == 0 { try await restoreSession(of: task) }
            cursor = page.next
        } while cursor != nil
    }

    private func restoreSession(of task: TaskRecord) async throws {
        if task.isSessionTurn {
            sessions.turnBegan(task.id, at: task.session)
        } else {
            sessions.independentTaskBegan(at: task.session)
        }
        if let id = task.messageID { tracker.open(id) }
        if let parent = task.parent, let parent = try await store.task(parent) {
            sessions.independentTaskBegan(at: parent.session)
            state.withLock { $0.parentSessions[task.id] = parent.session }
        }
    }
}
