/// A VM that was given up because a script did not come back from native code.
public struct LuaQuarantine: Sendable {
    /// Calls that had started: the one that is stuck failed as ``LuaError/Kind/quarantined``, the others as
    /// ``LuaError/Kind/interrupted``.
    public let failedCalls: Int
    /// Calls that had not: they failed as ``LuaError/Kind/moved`` and can be made again on a fresh VM.
    public let movedCalls: Int
}
