/// How far a coroutine came.
public enum LuaOutcome: Sendable {
    case finished([LuaValue])
    /// It waits for a host function; ``LuaState/resume(_:with:waiting:)`` goes on.
    case pending(LuaPending)
    case failed(LuaError)
}

/// A coroutine that waits, and what for.
public struct LuaPending: Sendable {
    /// The parked coroutine, by number. Numbers are reused after its end.
    public let coroutine: Int32
    let function: Int32
    public let call: LuaCall
}

/// Whether awaiting host functions may wait during an operation.
public enum LuaWaiting: Sendable {
    case allowed
    /// They raise an error that names them.
    case forbidden
    /// They raise `cancelled`.
    case cancelled
}

/// How results leave Lua.
public enum LuaResults: Sendable {
    /// Tables are copied as data.
    case values
    /// Tables are kept by identity.
    case references
}
