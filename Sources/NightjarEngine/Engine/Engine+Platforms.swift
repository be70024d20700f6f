extension Engine {
    /// The platform with this name, as the scripts declare it now or the host has installed it.
    public func platform(_ name: String) -> (any Platform)? { presenter.platform(name) }

    /// Stores what people did on a platform. When it returns, the platform need not send it again.
    ///
    /// What one person does in one place is stored in its order, and nothing of it before something that could not be stored.
    /// - Throws: ``StoreError``, ``EngineError``; then the platform must come again. Those that were stored are duplicates then.
    public func take(_ events: [PlatformEvent]) async throws -> [PlatformEventOutcome] {
        if events.count == 1 { return [try await take(events[0])] }
        // All others at once, so that a batch costs the store few transactions and not one for each.
        return try await withThrowingTaskGroup(of: [(Int, PlatformEventOutcome)].self) { group in
            for indices in Dictionary(grouping: events.indices, by: { events[$0].address }).values {
                group.addTask {
                    var outcomes: [(Int, PlatformEventOutcome)] = []
                    for index in indices { outcomes.append((index, try await self.take(events[index]))) }
                    return outcomes
                }
            }
            var outcomes = [PlatformEventOutcome](repeating: .accepted, count: events.count)
            for try await lane in group {
                for (index, outcome) in lane { outcomes[index] = outcome }
            }
            return outcomes
        }
    }

    private func take(_ event: PlatformEvent) async throws -> PlatformEventOutcome {
        switch event {
        case .message(let message):
            // A platform may send a message again after it was edited; the first text counts.
            if case .accepted = try await accept(message) { .accepted } else { .duplicate }
        case .choice(let choice):
            try await choose(choice)
        }
    }
}
