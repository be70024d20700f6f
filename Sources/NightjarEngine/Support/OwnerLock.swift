import Foundation
import Synchronization

/// The right of one process to own something, such as a store: an advisory lock on a file beside it.
///
/// The kernel holds the lock and drops it with the process, however that ends, so there is no stale lock to clean up.
/// The file itself stays; it holds the owner's process id, for the message that the second one gets.
package final class OwnerLock: Sendable {
    package enum Failure: Error, Equatable {
        /// Another process, or this one, holds the lock; the number is its process id, as far as it is known.
        case held(by: Int32?)
        /// The file cannot be made or locked.
        case unavailable(reason: String)
    }

    private let descriptor: Mutex<Int32?>

    /// - Parameter path: the file, whose folder must be there.
    package init(path: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unavailable(reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let owner = Self.owner(descriptor)
            _ = Foundation.close(descriptor)
            throw reason == EWOULDBLOCK ? .held(by: owner) : .unavailable(reason: String(cString: strerror(reason)))
        }
        Self.sign(descriptor)
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        release()
    }

    package func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor {
                // Unlocked by name: a command that is just being started has a copy of the descriptor until it runs, and a close
                // alone would leave the lock to the copy.
                flock(open, LOCK_UN)
                _ = Foundation.close(open)
            }
            descriptor = nil
        }
    }

    /// Leaves the process id in the file. It is only a help to people, so a failure does not matter.
    private static func sign(_ descriptor: Int32) {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func owner(_ descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &text, text.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: text.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
