import LuaRuntime
import Synchronization

/// The lines that host functions were called from.
final class Recorder: Sendable {
    private let found = Mutex<[Int]>([])

    func add(_ call: LuaCall) {
        if let line = call.location?.line { found.withLock { $0.append(line) } }
    }

    var lines: [Int] { found.withLock(\.self) }
}
