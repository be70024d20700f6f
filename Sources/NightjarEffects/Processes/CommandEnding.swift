import Synchronization

/// Whether a command has ended, told to those who read its output.
final class CommandEnding: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() {
        flag.store(true, ordering: .releasing)
    }
}
