import CLuaBridge

/// What the watchdog may do with an interpreter that another thread runs.
///
/// `@unchecked`: both functions are made for any thread. The interpreter outlives its watchdog: it is
/// freed by the Lua thread only after ``LuaCore`` has taken the switch away, and never once quarantined.
struct LuaKillSwitch: @unchecked Sendable {
    private let vm: OpaquePointer

    init(_ state: LuaState) { vm = state.vm }

    /// The number of the operation that runs; 0 when none does.
    var running: UInt64 { nj_running(vm) }

    /// Kills that operation, unless it has ended.
    func kill(_ operation: UInt64) { nj_kill(vm, operation) }
}
