import Synchronization

/// A queue with one reader, who takes all that is there at once: while he is at work, what comes costs neither him nor the sender a
/// wake-up. An `AsyncStream` wakes its reader for each element, through code that is not specialized.
final class Mailbox<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    private let arrival = Signal()

    func put(_ element: Element) {
        elements.withLock { $0.append(element) }
        arrival.notify()
    }

    /// Waits until something is there.
    /// - Returns: all of it, in order; nil when the task is cancelled.
    func takeAll() async -> [Element]? {
        while !Task.isCancelled {
            let all = elements.withLock { elements in
                defer { elements = [] }
                return elements
            }
            if !all.isEmpty { return all }
            guard await arrival.wait() else { return nil }
        }
        return nil
    }
}
