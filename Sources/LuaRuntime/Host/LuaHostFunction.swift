/// A function that scripts call and Swift executes.
public struct LuaHostFunction: Sendable {
    /// How table arguments reach the function.
    public enum Passing: Sendable {
        /// Copied as data.
        case values
        /// Kept by identity, as ``LuaValue/reference(_:)``.
        case references
    }

    enum Body: Sendable {
        case synchronous(@Sendable (LuaCall) throws -> [LuaValue])
        case reentrant(@Sendable (LuaCall, LuaState) throws -> [LuaValue])
        case awaiting(@Sendable (LuaCall) async throws -> [LuaValue])
    }

    public let name: String
    let body: Body
    public var passing: Passing = .values
    /// Whether ``LuaCall/location`` is filled; it costs about as much as the call itself.
    public var capturesLocation = true

    /// Runs on the Lua thread while the script stands still: it must be brief, since its CPU time is the script's.
    public static func synchronous(
        _ name: String, _ body: @escaping @Sendable (LuaCall) throws -> [LuaValue]
    ) -> LuaHostFunction {
        LuaHostFunction(name: name, body: .synchronous(body))
    }

    /// As ``synchronous(_:_:)``, and may call Lua functions through the state, which must not escape.
    public static func reentrant(
        _ name: String, _ body: @escaping @Sendable (LuaCall, LuaState) throws -> [LuaValue]
    ) -> LuaHostFunction {
        LuaHostFunction(name: name, body: .reentrant(body))
    }

    /// Parks the script and runs in the task that called the VM, whose cancellation and task-local values it sees.
    public static func awaiting(
        _ name: String, _ body: @escaping @Sendable (LuaCall) async throws -> [LuaValue]
    ) -> LuaHostFunction {
        LuaHostFunction(name: name, body: .awaiting(body))
    }

    /// A copy whose table arguments cross by identity.
    public func takingReferences() -> LuaHostFunction {
        var copy = self
        copy.passing = .references
        return copy
    }

    /// A copy that does not learn where it is called from.
    public func withoutLocation() -> LuaHostFunction {
        var copy = self
        copy.capturesLocation = false
        return copy
    }
}
