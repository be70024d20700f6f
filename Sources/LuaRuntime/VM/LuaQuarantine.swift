/// A VM that was given up because a script did not come back from native code.
public struct LuaQuarantine: Sendable {
    /// Calls that had started: they failed as ``LuaError/Kind/quarantined``.
    public let failedCalls: Int
    /// Calls that had not: they failed as ``LuaError/Kind/moved`` and can be made again on a fresh VM.
    public let movedCalls: Int
}
