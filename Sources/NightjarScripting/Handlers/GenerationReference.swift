import Synchronization

/// The generation that a declaration's function is called in. It is set once, when the interpreter of the load has become a generation.
///
/// Definitions refer to their generation through this and keep it alive.
final class GenerationReference: Sendable {
    private let generation = Mutex<ScriptGeneration?>(nil)

    func set(_ generation: ScriptGeneration) { self.generation.withLock { $0 = generation } }

    /// - Throws: `CancellationError` before it is set: nothing may be called while scripts load.
    func get() throws -> ScriptGeneration {
        guard let generation = generation.withLock({ $0 }) else { throw CancellationError() }
        return generation
    }
}
