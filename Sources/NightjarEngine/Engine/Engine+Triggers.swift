import Logging

extension Engine {
    /// Fires a trigger's slot: claims it durably where it must be, and runs the handler to its end.
    func fire(_ trigger: TriggerDefinition, _ slot: TriggerSlot, isDurable: Bool) async throws -> FireOutcome {
        guard isDurable else {
            try await runHandler(of: trigger, originPrefix: nil)
            return .completed
        }
        let message = InboundMessage(
            kind: .trigger(name: trigger.name), address: address(of: TriggerSource(trigger)), text: "", receivedAt: clock.now)
        guard try await store.accept(message, claiming: slot) == .accepted else { return .slotTaken }
        do {
            try await runHandler(of: trigger, originPrefix: message.id.rawValue)
        } catch where Task.isCancelled {
            // The process goes down or the trigger was replaced; the claimed firing is run again at the next start.
            throw CancellationError()
        } catch {
            await finish(message, replies: [])
            throw error
        }
        await finish(message, replies: [])
        return .completed
    }

    /// A firing that a crash cut off: its handler runs again, its effects know their origins.
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
        try await whenStoreWorks(["trigger": "\(trigger.name)"]) { try await stateTable.flush() }
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
            if case .answer(let text) = result { return await finish(message, replies: replies(saying: text)) }
        } catch {
            if Task.isCancelled { return }
            logFailure(error, of: "trigger \(name)", message)
        }
        await finish(message, replies: [])
    }

    private func address(of trigger: TriggerSource) -> Address {
        let user = Address.triggerPrefix + trigger.name
        if let channel = trigger.channel, let address = try? address(of: channel, user: user) { return address }
        return Address(platform: LogPlatform.platformName, channel: user, user: user)
    }
}
