import Logging
import Synchronization

extension Engine {
    func isIdle(_ key: SessionKey) -> Bool { sessions.isIdle(key) }

    /// Brings an accepted message into its session: its turn starts, or it queues; when the queue is full it is refused.
    func enterSession(_ message: InboundMessage, at key: SessionKey) async {
        guard await !arrive(message, at: key) else { return }
        let error = ReplyError(
            level: .validation, code: "session_full",
            message: "\(key.agent) has too many messages waiting here", hint: "wait for its answers, then ask again")
        await finish(message, replies: [.error(error)])
    }

    /// - Returns: false when the session's queue is full.
    private func arrive(_ message: InboundMessage, at key: SessionKey) async -> Bool {
        // What an earlier process has taken into its queue has a place in this one.
        let isRecovered = message.receivedAt < state.withLock(\.preparedAt)
        switch sessions.arrive(message, at: key, queueMax: isRecovered ? .max : definitions.settings.sessionQueueMax) {
        case .start:
            await startTurn(message, at: key)
        case .queued:
            // It stays unhandled in the store until its turn starts, so a crash finds it again. Its watchers wait for that.
            tracker.open(message.id)
        case .full:
            return false
        }
        return true
    }

    /// Starts the turn of a message that had been queued, if there is one, and of those behind it that are refused.
    func startTurn(_ queued: InboundMessage?, at key: SessionKey) async {
        guard let queued else { return }
        await startTurn(queued, at: key)
        tracker.close(queued.id)
    }

    /// Starts the turn of a message for which the floor is claimed.
    func startTurn(_ message: InboundMessage, at key: SessionKey) async {
        let definitions = definitions
        guard definitions.agents[key.agent] != nil else {
            return await refuseTurn(message, at: key, .unknownAgent(key.agent, known: definitions.agents.keys)) {
                self.sessions.claimReturned(at: key)
            }
        }
        let task = TaskRecord(
            agent: key.agent, input: message.textForAgent, address: message.address, isSessionTurn: true, messageID: message.id,
            origin: "\(message.id)#turn", reporting: .answer, replyRoute: message.replyRoute, createdAt: clock.now)
        // Before it is in the store: it may have ended before `submit` returns.
        sessions.turnBegan(task.id, at: key)
        tracker.open(message.id)
        do {
            let outcome = try await whenStoreWorks(["message.id": "\(message.id)"]) {
                try await orchestrator.submit(task, quota: definitions.settings.maxTasksPerUser)
            }
            switch outcome {
            case .enqueued:
                await cancelIfInterrupted(task.id, at: key)
                await finish(message, replies: [])
            case .existing(let existing):
                await resumeTurn(existing, message, inPlaceOf: task)
            case .overQuota(let active):
                tracker.close(message.id)
                await refuseTurn(message, at: key, .overQuota(active: active)) { self.sessions.turnEnded(task.id, at: key) }
            }
        } catch {
            tracker.close(message.id)
            // The process goes down; the next one finds the message and starts its turn.
            if Task.isCancelled { return }
            logger.error("a turn cannot be stored", metadata: ["message.id": "\(message.id)", "error": "\(error)"])
            await refuseTurn(message, at: key, replyError(error)) { self.sessions.turnEnded(task.id, at: key) }
        }
    }

    /// The turn was stored before a crash: the message only has to be marked.
    private func resumeTurn(_ task: TaskRecord, _ message: InboundMessage, inPlaceOf new: TaskRecord) async {
        sessions.turnBegan(task.id, at: new.session)
        await finish(message, replies: [])
        guard task.session == new.session else {
            // It belongs to another agent's session, since the default agent is a different one now.
            tracker.close(message.id)
            return await startTurn(sessions.turnEnded(task.id, at: new.session), at: new.session)
        }
        if let now = try? await store.task(task.id), now.state.isFinal { await didFinish(now) }
        await cancelIfInterrupted(task.id, at: new.session)
    }

    /// An interrupt that came before the turn was stored has found nothing to cancel.
    private func cancelIfInterrupted(_ turn: TaskID, at key: SessionKey) async {
        guard sessions.isInterrupted(turn, at: key) else { return }
        do {
            try await cancelTurn(turn)
        } catch is CancellationError {
            // The process goes down, and its end stops the turn.
        } catch {
            logger.error("an interrupted turn cannot be cancelled", metadata: ["task.id": "\(turn)", "error": "\(error)"])
        }
    }

    private func cancelTurn(_ turn: TaskID) async throws {
        _ = try await whenStoreWorks(["task.id": "\(turn)"]) { try await orchestrator.cancel(turn, notice: nil) }
    }

    private func refuseTurn(
        _ message: InboundMessage, at key: SessionKey, _ error: ReplyError, next: () -> InboundMessage?
    ) async {
        await finish(message, replies: [.error(error)])
        await startTurn(next(), at: key)
    }

    /// Sends a trigger's message into a session, as `delivery` says. It is durable when this returns.
    /// - Throws: ``HandlerFailure`` when the session is full; ``StoreError``; `CancellationError` while it waits, and then nothing is sent.
    func sendToSession(_ text: String, key: SessionKey, delivery: TriggerOptions.Delivery, externalID: String?) async throws {
        if delivery == .whenIdle { try await sessions.claimWhenIdle(key) }
        let message = InboundMessage(
            kind: .agentInput(agent: key.agent), address: key.address, externalID: externalID.map { "\(key.agent)/\($0)" },
            text: text, receivedAt: clock.now)
        do {
            try Task.checkCancellation()
            let outcome = try await whenStoreWorks(["message.id": "\(message.id)"]) { try await store.accept(message, claiming: nil) }
            guard outcome == .accepted else {
                // Sent before a crash; the store has it.
                if delivery == .whenIdle { await startTurn(sessions.claimReturned(at: key), at: key) }
                return
            }
        } catch {
            if delivery == .whenIdle { await startTurn(sessions.claimReturned(at: key), at: key) }
            throw error
        }
        switch delivery {
        case .whenIdle: await startTurn(message, at: key)
        case .interrupt: try await interrupt(key, with: message)
        case .immediate:
            guard await !arrive(message, at: key) else { return }
            await finish(message, replies: [])
            throw HandlerFailure("\(key.agent) has too many messages waiting; nothing was sent")
        }
    }

    private func interrupt(_ key: SessionKey, with message: InboundMessage) async throws {
        let (arrival, turn) = sessions.interrupt(message, at: key)
        if arrival == .start { return await startTurn(message, at: key) }
        tracker.open(message.id)
        if let turn { try await cancelTurn(turn) }
    }
}
