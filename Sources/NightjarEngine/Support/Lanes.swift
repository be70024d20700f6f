import DequeModule
import Synchronization

/// Queues by key: what enters one lane is worked off in order, one at a time, while the lanes go on side by side.
///
/// Whoever opens a lane works it off: with ``first(at:)``, then ``advance(_:)`` until that gives nil. "The lane is empty, so it is
/// closed" is one step, so no lane ever has two workers and none is forgotten.
final class Lanes<Key: Hashable & Sendable, Element: Sendable>: Sendable {
    private let lanes = Mutex<[Key: Deque<Element>]>([:])

    /// - Returns: true when this opened the lane, so that the caller must see to its work.
    func enter(_ element: Element, at key: Key) -> Bool {
        lanes.withLock { lanes in
            lanes[key, default: []].append(element)
            return lanes[key]?.count == 1
        }
    }

    func first(at key: Key) -> Element? { lanes.withLock { $0[key]?.first } }

    /// Puts a newer version in the place of a lane's first element.
    func replaceFirst(at key: Key, with element: Element) {
        lanes.withLock { $0[key]?[0] = element }
    }

    /// Leaves with a lane's first element.
    /// - Returns: the next one; nil when there is none, and then the lane is closed.
    func advance(_ key: Key) -> Element? {
        lanes.withLock { lanes in
            lanes[key]?.removeFirst()
            if let next = lanes[key]?.first { return next }
            lanes[key] = nil
            return nil
        }
    }

    /// Whether every lane is closed, or its first element satisfies `condition`.
    func allFirst(satisfy condition: (Element) -> Bool) -> Bool {
        lanes.withLock { $0.values.allSatisfy { $0.first.map(condition) ?? true } }
    }
}
