/// Who waits until something has reached a count. It resumes nobody itself: its owner does, after releasing the lock.
struct CountWaiters {
    typealias Waiter = CheckedContinuation<Void, Never>

    private var entries: [(wanted: Int, waiter: Waiter)] = []

    /// - Returns: the waiter, if the count is reached already.
    mutating func add(_ waiter: Waiter, for wanted: Int, count: Int) -> Waiter? {
        if count >= wanted { return waiter }
        entries.append((wanted, waiter))
        return nil
    }

    /// Takes out everyone whose count is reached.
    mutating func takeSatisfied(by count: Int) -> [Waiter] {
        let satisfied = entries.filter { $0.wanted <= count }
        entries.removeAll { $0.wanted <= count }
        return satisfied.map(\.waiter)
    }
}
