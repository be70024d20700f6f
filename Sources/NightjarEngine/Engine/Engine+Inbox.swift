import Synchronization

extension Engine {
    /// Takes a message: de-duplicated and persisted when this returns, and handled afterwards.
    ///
    /// - Throws: ``StoreError`` and ``EngineError``; then it was not taken, and must not be acknowledged.
    public func accept(_ message: InboundMessage) async throws -> AcceptOutcome {
        try admit()
        tracker.open(message.id)
        return try await take(message)
    }

    /// Takes a message as ``accept(_:)`` does, and watches it from before its handling begins, so that no event is missed.
    /// - Returns: of use only when the outcome is `accepted`: all events of the message.
    public func acceptAndWatch(_ message: InboundMessage) async throws -> (outcome: AcceptOutcome, watch: Watch<MessageEvent>) {
        try admit()
        let watch = tracker.openWatched(message.id)
        return (try await take(message), watch)
    }

    private func take(_ message: InboundMessage) async throws -> AcceptOutcome {
        do {
            let outcome = try await store.accept(message, claiming: nil)
            guard outcome == .accepted else {
                metrics.messageDuplicated()
                leave(message.id)
                return outcome
            }
            metrics.messageAccepted()
            incoming.put(message)
            return outcome
        } catch {
            leave(message.id)
            throw error
        }
    }

    /// Events of a message from now on; nil when it has ended. Read ``replies(to:)`` after it for what was said before.
    public func watch(_ id: MessageID) -> Watch<MessageEvent>? { tracker.watch(id) }

    /// The messages of a platform that have work left, oldest first, with their events from now on. Asked between ``prepare()`` and
    /// ``run()`` it gives what was taken up from earlier processes, and no event is missed.
    /// - Throws: ``StoreError``
    public func watchOpen(on platform: String) async throws -> [(id: MessageID, events: Watch<MessageEvent>)] {
        var open: [(id: MessageID, events: Watch<MessageEvent>)] = []
        for id in tracker.openIDs {
            guard try await store.message(id)?.message.address.platform == platform, let events = tracker.watch(id) else { continue }
            open.append((id, events))
        }
        return open
    }

    /// Whether a message has work left: its handler, a task of it, or a reply that has not been tried yet. Ask before reading
    /// ``replies(to:)``: when it has ended, those are all of them.
    public func isOpen(_ id: MessageID) -> Bool { tracker.isOpen(id) }

    /// Whether anybody listens to a message's events now.
    package func isWatched(_ id: MessageID) -> Bool { tracker.isWatched(id) }

    /// The replies to a message so far, in order, as they were formatted; those that are not formatted yet are left out.
    public func replies(to id: MessageID) async throws -> [OutboxEntry] {
        try await store.replies(to: id).filter { $0.rendered != nil }
    }

    public func message(_ id: MessageID) async throws -> MessageRecord? { try await store.message(id) }

    private func admit() throws {
        guard isReady else { throw EngineError(.unavailable, "the engine is starting or shutting down; try again soon") }
        guard inProgress.add(1, ordering: .relaxed).newValue <= EngineLimits.messagesInProgressMax else {
            inProgress.subtract(1, ordering: .relaxed)
            throw EngineError(.overloaded, "too many messages at once; try again soon")
        }
    }

    /// - Returns: whether the message has no work left.
    @discardableResult
    private func leave(_ id: MessageID) -> Bool {
        inProgress.subtract(1, ordering: .relaxed)
        return tracker.close(id)
    }

    /// Handles accepted messages until the task is cancelled. Each has a task of its own, so that a slow handler holds up no other;
    /// plain messages of one conversation go one after the other.
    func handleMessages() async {
        await withDiscardingTaskGroup { group in
            while let messages = await incoming.takeAll() {
                for message in messages { begin(message, in: &group) }
            }
        }
    }

    private func begin(_ message: InboundMessage, in group: inout DiscardingTaskGroup) {
        let parsed = message.kind == .chat ? parse(message) : nil
        if case .plain(let text) = parsed, questions.answer(text, from: message.address, at: clock.now) != nil {
            // Past the lane: the handler that waits for it may be at the head of that.
            group.addTask {
                if await !self.takeAsAnswer(message, text) { await self.handle(message, parsed) }
                self.leave(message.id)
            }
        } else if isOrdered(message, parsed) {
            guard lanes.enter(message, at: message.address) else { return }
            group.addTask { await self.workOffLane(of: message.address) }
        } else {
            group.addTask {
                await self.handle(message, parsed)
                if self.leave(message.id) { await self.endActivity(of: message) }
            }
        }
    }

    /// Nobody waits for a command that has nothing to say.
    private func endActivity(of message: InboundMessage) async {
        guard !Task.isCancelled, let route = message.replyRoute, let platform = presenter.platform(message.address.platform),
            platform.capabilities.awaitsAnswers, let replies = try? await store.replies(to: message.id), replies.isEmpty
        else { return }
        await platform.endActivity(at: message.address, replyRoute: route)
    }

    /// Whether a message is for a session, where the order counts.
    private func isOrdered(_ message: InboundMessage, _ parsed: ParsedInput?) -> Bool {
        if case .agentInput = message.kind { return true }
        if case .plain = parsed { return true }
        return false
    }

    private func workOffLane(of address: Address) async {
        var next = lanes.first(at: address)
        while let message = next, !Task.isCancelled {
            await handle(message, nil)
            leave(message.id)
            next = lanes.advance(address)
        }
    }

    func parse(_ message: InboundMessage) -> ParsedInput {
        parser(for: message.address.platform).parse(message.text)
    }

    /// The parser of a platform is made once for each generation.
    private func parser(for platform: String) -> CommandParser {
        let prefixes = presenter.platform(platform)?.capabilities.prefixes ?? ["/"]
        return state.withLock { state in
            if let parser = state.parsers[platform] { return parser }
            let parser = CommandParser(
                prefixes: prefixes + state.definitions.settings.prefixes, commands: state.definitions.commands.values)
            state.parsers[platform] = parser
            return parser
        }
    }
}
