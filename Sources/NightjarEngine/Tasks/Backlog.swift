import Synchronization

/// What is known of the tasks that wait in the store's queue, so that the dispatcher asks for those only, and holds no permits back from
/// tasks that could start as they are stored.
///
/// It may count some too many (a waiting task was cancelled), never too few: each task is counted after it was stored, and a claim is
/// taken off before it is made.
final class Backlog: Sendable {
    private struct State {
        var count = 0
        /// There may be more than were counted: of an earlier process, put back, or due by now.
        var isUncertain = true
        /// The store has failed; it is asked again later.
        var isPaused = false
    }

    private let state = Mutex(State())

    /// Whether there may be tasks to claim now.
    var isKnown: Bool { state.withLock { !$0.isPaused && ($0.isUncertain || $0.count > 0) } }

    /// A task was stored that waits.
    func add() { state.withLock { $0.count += 1 } }

    /// Tasks may have come that nobody counts.
    func suspect() { state.withLock { $0.isUncertain = true } }

    func pause() { state.withLock { $0.isPaused = true } }

    func resume() { state.withLock { $0.isPaused = false } }

    /// How many to claim at most.
    func expected(upTo limit: Int) -> Int { state.withLock { $0.isUncertain ? limit : min($0.count, limit) } }

    /// Claims up to `limit` tasks by `body`.
    func claim(_ limit: Int, _ body: () async throws -> [TaskRecord]) async throws -> [TaskRecord] {
        let wasUncertain = state.withLock { state in
            defer {
                state.count = max(0, state.count - limit)
                state.isUncertain = false
            }
            return state.isUncertain
        }
        do {
            let tasks = try await body()
            if wasUncertain, tasks.count == limit { suspect() }
            return tasks
        } catch {
            suspect()
            throw error
        }
    }
}
