import NightjarEngine
import Synchronization

/// Receives the first definitions, which exist before the engine they are for.
final class DefinitionsBox: Sendable {
    private let value = Mutex<Definitions?>(nil)

    var definitions: Definitions? {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
