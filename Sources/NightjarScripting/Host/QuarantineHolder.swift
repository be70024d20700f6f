import LuaRuntime
import Synchronization

/// Passes the news of a given-up interpreter to its generation, which is made after it.
final class QuarantineHolder: Sendable {
    private struct Weak {
        weak var generation: ScriptGeneration?
    }

    private let weak = Mutex(Weak())

    var generation: ScriptGeneration? {
        get { weak.withLock { $0.generation } }
        set { weak.withLock { $0.generation = newValue } }
    }

    func tell(_ quarantine: LuaQuarantine) { generation?.quarantined(quarantine) }
}
