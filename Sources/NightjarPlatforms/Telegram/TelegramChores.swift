import Synchronization

/// Small calls that are made when there is time, one after the other; nobody waits for them.
final class TelegramChores: Sendable {
    private let feed = Mutex<AsyncStream<TelegramChore>.Continuation?>(nil)

    /// A chore is left out while nobody works them off, and when too many wait.
    func add(_ chore: TelegramChore) {
        _ = feed.withLock { $0 }?.yield(chore)
    }

    /// Works them off until the task is cancelled.
    func run(_ perform: (TelegramChore) async -> Void) async {
        let (chores, continuation) = AsyncStream.makeStream(
            of: TelegramChore.self, bufferingPolicy: .bufferingOldest(TelegramLimits.choresMax))
        feed.withLock { $0 = continuation }
        for await chore in chores { await perform(chore) }
    }
}
