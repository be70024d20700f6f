extension MemoryState {
    mutating func accept(_ message: InboundMessage, claiming slot: TriggerSlot?) -> AcceptOutcome {
        let key = DeduplicationKey(message)
        if let key, let known = remembered[key],
            message.receivedAt - known.record.message.receivedAt < StoreLimits.deduplicationWindow
        {
            return known.record.message.text == message.text ? .duplicate(known.record) : .conflict(known.record)
        }
        if let slot {
            guard slots[slot.trigger].map({ $0 < slot.due }) ?? true else { return .slotTaken }
            slots[slot.trigger] = slot.due
            count(slot)
        }
        let stored = MemoryMessage(
            sequence: nextSequence(), record: MessageRecord(message: message, state: .accepted))
        messages[message.id] = stored
        messageOrder.append(stored, sequence: stored.sequence)
        if let key { remembered[key] = stored }
        return .accepted
    }

    private mutating func count(_ slot: TriggerSlot) {
        guard let run = slot.run else { return }
        var memory = TriggerMemory(trigger: slot.trigger, timing: run.timing, runs: run.number)
        if let known = triggers[slot.trigger], known.timing == run.timing { memory.isPaused = known.isPaused }
        triggers[slot.trigger] = memory
    }

    mutating func saveTriggers(_ memories: [TriggerMemory]) {
        for var memory in memories {
            if let known = triggers[memory.trigger], known.timing == memory.timing { memory.runs = max(memory.runs, known.runs) }
            triggers[memory.trigger] = memory.isBlank ? nil : memory
        }
    }

    mutating func finishMessage(_ id: MessageID, replies: [OutboxEntry]) {
        messages[id]?.record.state = .handled
        post(replies)
    }

    func unhandledMessages() -> [MessageRecord] {
        var unhandled: [MessageRecord] = []
        messageOrder.walkOldestFirst { message in
            if message.record.state == .accepted { unhandled.append(message.record) }
            return true
        }
        return unhandled
    }

    /// Whether the handler of this message may run again.
    func isUnhandled(_ message: MessageID?) -> Bool {
        message.flatMap { messages[$0] }?.record.state == .accepted
    }

    /// Deletes handled messages received before `limit`, at most `batch`.
    /// - Returns: how many went.
    mutating func pruneMessages(before limit: Timestamp, batch: Int) -> Int {
        var old: [MemoryMessage] = []
        messageOrder.walkOldestFirst { message in
            guard message.record.message.receivedAt < limit else { return false }
            if message.record.state == .handled { old.append(message) }
            return old.count < batch
        }
        for message in old {
            messageOrder.remove(sequence: message.sequence)
            messages[message.record.message.id] = nil
            if let key = DeduplicationKey(message.record.message), remembered[key] === message { remembered[key] = nil }
        }
        return old.count
    }
}
