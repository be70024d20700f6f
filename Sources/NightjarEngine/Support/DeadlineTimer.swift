import HeapModule
import Synchronization

/// Runs small actions when their time has come, all of them from one sleeping loop: a deadline that is met costs a heap entry,
/// not a task of its own.
public final class DeadlineTimer: Sendable {
    public typealias ID = UInt64

    private struct Entry: Comparable {
        var due: Duration
        var id: ID

        static func < (left: Entry, right: Entry) -> Bool {
            (left.due, left.id) < (right.due, right.id)
        }
    }

    private struct State {
        var heap = Heap<Entry>()
        var actions: [ID: @Sendable () -> Void] = [:]
        var lastID: ID = 0
        var isFinished = false

        /// Met deadlines stay in the heap until they are due; with many of them it is made anew.
        mutating func compact() {
            guard heap.count > 2 * actions.count + 1024 else { return }
            heap = Heap(heap.unordered.filter { actions[$0.id] != nil })
        }

        /// When to look again; deadlines that were met wake nobody.
        var nextDue: Duration? {
            mutating get {
                while let first = heap.min, actions[first.id] == nil { heap.removeMin() }
                return heap.min?.due
            }
        }

        mutating func takeDue(at now: Duration) -> [@Sendable () -> Void] {
            var due: [@Sendable () -> Void] = []
            while let first = heap.min, first.due <= now {
                heap.removeMin()
                if let action = actions.removeValue(forKey: first.id) { due.append(action) }
            }
            return due
        }
    }

    private let clock: EngineClock
    private let state = Mutex(State())
    private let earlier = Signal()

    public init(clock: EngineClock) {
        self.clock = clock
    }

    /// - Parameter action: called once, from the timer's loop or, after ``finish()``, from here; it must be brief.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> ID {
        let due = clock.uptime + delay
        let (id, isFirst, isFinished) = state.withLock { state -> (ID, Bool, Bool) in
            state.lastID += 1
            guard !state.isFinished else { return (state.lastID, false, true) }
            state.actions[state.lastID] = action
            let isFirst = state.heap.min.map { due < $0.due } ?? true
            state.heap.insert(Entry(due: due, id: state.lastID))
            return (state.lastID, isFirst, false)
        }
        if isFinished { action() }
        if isFirst { earlier.notify() }
        return id
    }

    public func cancel(_ id: ID) {
        state.withLock {
            $0.actions[id] = nil
            $0.compact()
        }
    }

    /// Runs every action now, without waiting for its time, and those scheduled later at once.
    public func finish() {
        let actions = state.withLock { state in
            state.isFinished = true
            let actions = Array(state.actions.values)
            state.actions = [:]
            state.heap = Heap()
            return actions
        }
        for action in actions { action() }
    }

    /// Runs until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            for action in state.withLock({ $0.takeDue(at: clock.uptime) }) { action() }
            if let next = state.withLock({ $0.nextDue }) {
                await sleep(until: next)
            } else {
                _ = await earlier.wait()
            }
        }
    }

    /// Returns at `due`, or when a deadline before it was added.
    private func sleep(until due: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [earlier] in _ = await earlier.wait() }
            group.addTask { [clock] in try? await clock.sleep(untilUptime: due) }
            await group.next()
            group.cancelAll()
        }
    }
}
