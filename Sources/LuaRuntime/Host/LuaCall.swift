/// One call of a host function from Lua.
public struct LuaCall: Sendable {
    public let arguments: [LuaValue]
    /// The Lua code that made the call. Nil when it comes from no script, or was not asked for.
    public let location: LuaLocation?
    /// What the caller of ``LuaVM`` gave for the invocation this call is part of.
    public let context: (any Sendable)?

    /// The VM an awaiting function was called by.
    var core: LuaCore?
    /// The call of the VM that this one is part of.
    var invocation: LuaInvocation?

    public init(arguments: [LuaValue], location: LuaLocation? = nil, context: (any Sendable)? = nil) {
        self.arguments = arguments
        self.location = location
        self.context = context
    }

    /// Runs a Lua function as a coroutine of its own while the caller waits, with the same context.
    ///
    /// For awaiting host functions. Cancellation works as for ``LuaVM/call(_:_:context:results:)``.
    public func invoke(
        _ function: LuaFunction, _ arguments: [LuaValue] = [], results: LuaResults = .references
    ) async throws(LuaError) -> [LuaValue] {
        guard let core else { throw LuaError(kind: .invalid, message: "only a waiting function can invoke another") }
        return try await core.call(function, arguments, context: context, results: results, for: invocation)
    }

    /// The argument at a position counted from 0; `.nil` beyond the last.
    public subscript(position: Int) -> LuaValue {
        arguments.indices.contains(position) ? arguments[position] : .nil
    }
}
