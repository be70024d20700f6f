import Synchronization

/// Replies whose platform is not here: the terminal's in `nightjar run`, those of platforms in `nightjar chat`. They stay promised in the
/// store, and no attempt counts, until the platform is installed in this process or a later one.
final class WaitingReplies: Sendable {
    private let entries = Mutex<[String: [OutboxEntry]]>([:])

    /// Keeps an entry if its platform is not here, or if others wait for it that come first.
    /// - Parameter isHere: whether its platform is installed; asked in one step with keeping it, so that no ``take(where:)`` comes between.
    /// - Returns: whether it waits now.
    func keep(_ entry: OutboxEntry, unless isHere: (String) -> Bool) -> Bool {
        let name = entry.address.platform
        return entries.withLock { entries in
            if entries[name] == nil, isHere(name) { return false }
            entries[name, default: []].append(entry)
            return true
        }
    }

    /// Those that need not wait any more, in the order in which they came.
    func take(where isHere: (String) -> Bool) -> [OutboxEntry] {
        entries.withLock { entries in
            let names = entries.keys.filter(isHere)
            return names.flatMap { entries.removeValue(forKey: $0) ?? [] }
        }
    }
}
