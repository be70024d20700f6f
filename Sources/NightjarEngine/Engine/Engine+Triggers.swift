import Logging
import Synchronization

extension Engine {
    /// Fires a trigger's slot: claims it durably where it must be, and runs the handler to its end.
    func fire(_ trigger: TriggerDefinition, _ slot: TriggerSlot, isDurable: Bool) async throws -> FireOutcome {
        if let message = state.withLock({ $0.cutOff.removeValue(forKey: slot) }) {
            return try await perform(trigger, slot, message)
        }
        guard isDurable else {
            try await runHandler(of: trigger, originPrefix: nil)
            return .completed
        }
        let message = InboundMessage(
            kind: .trigger(name: trigger.name), address: address(of: TriggerSource(trigger)), text: "", receivedAt: clock.now)
        let outcome = try await whenStoreWorks(["trigger": "\(trigger.name)"]) { try await store.accept(message, claiming: slot) }
        guard outcome == .accepted else { return .slotTaken }
        return try await perform(trigger, slot, message)
    }

    /// Runs the handler of a claimed firing to its end.
    private func perform(_ trigger: TriggerDefinition, _ slot: TriggerSlot, _ message: InboundMessage) async throws -> FireOutcome {
        if trigger.options.overlap == .cancelOther { state.withLock { $0.stoppable[slot] = message } }
        do {
            try await runHandler(of: trigger, originPrefix: message.id.rawValue)
        } catch  where Task.isCancelled {
            // The process goes down or the trigger was replaced; the claimed firing is run again at the next start.
            throw CancellationError()
        } catch {
            await endFiring(message, slot)
            throw error
        }
        await endFiring(message, slot)
        return .completed
    }

    private func endFiring(_ message: InboundMessage, _ slot: TriggerSlot) async {
        state.withLock { _ = $0.stoppable.removeValue(forKey: slot) }
        await finish(message, replies: [])
    }

    /// A firing was stopped by the next one of its trigger, so the next process has nothing to run again.
    func didStop(_ slot: TriggerSlot) async {
        guard let message = state.withLock({ $0.stoppable.removeValue(forKey: slot) }) else { return }
        await finish(message, replies: [])
    }

    /// Makes durable what scripts have written to `state` and what became of the triggers.
    /// - Throws: ``StoreError``; then it stays due. `CancellationError` while it waits for another flush.
    func flush() async throws {
        try await stateTable.flush()
        if let triggers { try await saveTriggers(of: triggers) }
    }

    func saveTriggers(of triggers: TriggerService) async throws {
        guard triggers.hasUnsaved.load(ordering: .acquiring) || triggerTurn.held > 0 else { return }
        let permit = try await triggerTurn.acquire()
        defer { permit.release() }
        let memories = triggers.takeUnsaved()
        guard !memories.isEmpty else { return }
        do {
            try await store.saveTriggers(memories)
        } catch {
            triggers.keepUnsaved(memories)
            throw error
        }
    }

    func didPauseTrigger() async {
        do {
            try await whenStoreWorks([:]) { try await flush() }
        } catch is CancellationError {
            // The process goes down, and saves what is left on its way.
        } catch {
            logger.error("a trigger's pause cannot be stored", metadata: ["error": "\(error)"])
        }
    }

    /// Gives the firings that the last process left to their triggers, which run them again and know that they run.
    /// - Returns: the messages that are left: those of other kinds, and those whose trigger is gone.
    func takeUpFirings(among messages: [MessageRecord]) -> [MessageRecord] {
        guard let triggers else { return messages }
        return messages.filter { !takeUpFiring($0.message, with: triggers) }
    }

    private func takeUpFiring(_ message: InboundMessage, with triggers: TriggerService) -> Bool {
        guard case .trigger(let name) = message.kind else { return false }
        let slot = state.withLock { state in
            var slot = TriggerSlot(trigger: name, due: message.receivedAt)
            // Which slot it had is not known any more; what counts is that it has one of its own.
            while state.cutOff[slot] != nil { slot.due = slot.due + .milliseconds(1) }
            state.cutOff[slot] = message
            return slot
        }
        do {
            try triggers.takeUp(slot)
            return true
        } catch {
            state.withLock { $0.cutOff[slot] = nil }
            return false
        }
    }

    /// A firing that a crash cut off, where no trigger takes it up: its handler runs again, its effects know their origins.
    func resumeFiring(of name: String, _ message: InboundMessage) async {
        if let trigger = definitions.triggers.first(where: { $0.name == name }) {
            do {
                try await runHandler(of: trigger, originPrefix: message.id.rawValue)
            } catch {
                if Task.isCancelled { return }
                logFailure(error, of: "trigger \(name)", message)
            }
        }
        await finish(message, replies: [])
    }

    private func runHandler(of trigger: TriggerDefinition, originPrefix: String?) async throws {
        let context = HandlerContext(
            engine: self, definitions: definitions, address: address(of: TriggerSource(trigger)), text: "",
            trigger: TriggerSource(trigger), originPrefix: originPrefix)
        if case .answer(let text) = try await trigger.run(context), !text.isEmpty { try await context.reply(text) }
        try await whenStoreWorks(["trigger": "\(trigger.name)"]) { try await flush() }
    }

    /// Takes a request that fires a trigger: durable when this returns, and handled afterwards.
    /// - Parameter externalID: the sender's name for the delivery; the same one fires once.
    /// - Throws: ``StoreError``, ``EngineError``; then it was not taken.
    public func accept(_ request: TriggerRequest, for trigger: RequestTriggerDefinition, externalID: String?) async throws -> MessageID {
        let message = InboundMessage(
            kind: .request(trigger: trigger.source.name), address: address(of: trigger.source), externalID: externalID, text: request.text,
            receivedAt: clock.now)
        switch try await accept(message) {
        case .accepted, .slotTaken: return message.id
        // A sender that tries again sends other headers with the same delivery.
        case .duplicate(let first), .conflict(let first): return first.message.id
        }
    }

    func answerRequest(of name: String, _ message: InboundMessage) async {
        guard let trigger = definitions.requestTriggers.first(where: { $0.source.name == name }) else {
            logger.warning("a request's trigger is gone", metadata: ["trigger": "\(name)", "message.id": "\(message.id)"])
            return await finish(message, replies: [])
        }
        let context = HandlerContext(
            engine: self, definitions: definitions, address: message.address, text: "", messageID: message.id, trigger: trigger.source,
            request: TriggerRequest(text: message.text), originPrefix: message.id.rawValue)
        do {
            let result = try await trigger.run(context)
            count(.completed, of: name)
            if case .answer(let text) = result { return await finish(message, replies: replies(saying: text)) }
        } catch {
            if Task.isCancelled { return }
            count(.failed, of: name)
            // Nobody is told but the log, so what a person would be told is there as well.
            if let refusal = error as? HandlerFailure {
                logger.error(
                    "trigger failed", metadata: ["trigger.name": "\(name)", "message.id": "\(message.id)", "error": "\(refusal.message)"])
            } else {
                logFailure(error, of: "trigger \(name)", message)
            }
        }
        await finish(message, replies: [])
    }

    private func count(_ outcome: FireOutcome, of requestTrigger: String) {
        let now = clock.now
        state.withLock { state in
            var counters = state.requestTriggers[requestTrigger] ?? RequestTriggerCounters()
            counters.last = now
            counters.firings += 1
            if outcome == .failed { counters.failures += 1 }
            state.requestTriggers[requestTrigger] = counters
        }
    }

    private func address(of trigger: TriggerSource) -> Address {
        let user = Address.triggerPrefix + trigger.name
        if let channel = trigger.channel, let address = try? address(of: channel, user: user) { return address }
        return Address(platform: LogPlatform.platformName, channel: user, user: user)
    }
}
