internal import Synchronization

/// A list that tasks append to and a test reads, in the order of the appending.
public final class Recorder<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var waiters = CountWaiters()
    }

    private let state = Mutex(State())

    public init() {}

    public var all: [Element] { state.withLock(\.elements) }

    public var count: Int { state.withLock(\.elements.count) }

    public func add(_ element: Element) {
        let satisfied = state.withLock { state in
            state.elements.append(element)
            return state.waiters.takeSatisfied(by: state.elements.count)
        }
        for waiter in satisfied { waiter.resume() }
    }

    /// Waits until there are at least `count` elements. The caller must not be cancelled while it waits.
    public func waitForCount(_ count: Int) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.add(continuation, for: count, count: $0.elements.count) }?.resume()
        }
    }
}
