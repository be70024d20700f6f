import CLuaBridge

/// Lets one waiting thread through for each time it was opened since; openings do not add up.
///
/// `@unchecked`: the gate behind the pointer locks itself, and lives as long as this object.
final class LuaGate: @unchecked Sendable {
    private let gate: OpaquePointer

    /// Nil when the system has no memory.
    init?() {
        guard let gate = nj_gate_create() else { return nil }
        self.gate = gate
    }

    deinit { nj_gate_destroy(gate) }

    func open() { nj_gate_open(gate) }
    func wait() { nj_gate_wait(gate) }

    /// False when the time ran out first.
    @discardableResult
    func wait(nanoseconds: UInt64) -> Bool { nj_gate_wait_ns(gate, nanoseconds) }
}
