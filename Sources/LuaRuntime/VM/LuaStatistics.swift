/// A VM at one moment.
public struct LuaStatistics: Sendable, Hashable {
    /// Bytes in use by Lua after the last operation.
    public let memoryUsed: Int
    /// Coroutines that wait for host functions.
    public let parkedCount: Int
    /// Calls that have not ended: queued, running and parked.
    public let callCount: Int
    public let isQuarantined: Bool
}
