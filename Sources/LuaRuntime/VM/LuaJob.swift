/// What the Lua thread is asked to do.
enum LuaJob: Sendable {
    case evaluate(LuaInvocation, LuaSource)
    case load(LuaInvocation, LuaSource)
    /// A call that may wait.
    case start(LuaInvocation, LuaFunction, [LuaValue])
    /// A call that may not wait.
    case call(LuaInvocation, LuaFunction, [LuaValue])
    case resume(LuaInvocation, Int32, Result<[LuaValue], any Error>, isCancelled: Bool)
    case collectGarbage(LuaInvocation)

    var invocation: LuaInvocation {
        switch self {
        case .evaluate(let invocation, _), .load(let invocation, _), .start(let invocation, _, _),
            .call(let invocation, _, _), .resume(let invocation, _, _, _), .collectGarbage(let invocation):
            invocation
        }
    }

    /// Whether the longer limit for loading scripts applies.
    var isLoading: Bool {
        switch self {
        case .evaluate, .load: true
        default: false
        }
    }
}
