import Synchronization

/// The identity of a VM for its references, and the references nobody holds any more.
///
/// References end on any thread; only the Lua thread may touch the interpreter.
final class LuaRegistry: Sendable {
    private let released = Locked<[Int32]>([])
    private let hasReleased = Atomic<Bool>(false)

    func release(_ number: Int32) {
        released.withLock { $0.append(number) }
        hasReleased.store(true, ordering: .releasing)
    }

    /// What was released since the last time. Costs one load when there is nothing.
    @inline(__always)
    func takeReleased(_ body: (Int32) -> Void) {
        if hasReleased.load(ordering: .acquiring) { takeAll(body) }
    }

    private func takeAll(_ body: (Int32) -> Void) {
        hasReleased.store(false, ordering: .relaxed)
        let numbers = released.withLock { numbers in
            defer { numbers.removeAll(keepingCapacity: true) }
            return numbers
        }
        for number in numbers { body(number) }
    }
}
