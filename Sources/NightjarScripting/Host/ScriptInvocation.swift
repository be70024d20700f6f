package import LuaRuntime
package import NightjarEngine

/// The run of a script that a host function is called in: what ``LuaCall/context`` holds.
package enum ScriptInvocation: Sendable {
    /// A file is being evaluated: declarations are recorded, effects are refused.
    case load(LoadRecorder)
    /// A handler runs.
    case run(HandlerContext)
    /// A hook runs.
    case hook(HandlerContext, HookEvent)
    /// A formatter runs: it may look, not wait.
    case format

    /// Of the load; nil when something runs.
    var recorder: LoadRecorder? {
        if case .load(let recorder) = self { recorder } else { nil }
    }

    /// The context of the running handler.
    /// - Parameter function: named in the error, as scripts write it: `http.get`.
    /// - Throws: `LuaHostError` outside of handlers, saying what to do.
    package static func handler(_ call: LuaCall, _ function: String) throws -> HandlerContext {
        switch call.context as? ScriptInvocation {
        case .run(let context), .hook(let context, _): return context
        case .format:
            throw LuaHostError(code: "not_here", message: "\(function) cannot be used in a formatter, which only turns data into text")
        case .load, nil:
            throw LuaHostError(
                code: "load_phase",
                message: "\(function) cannot be used while scripts are loading: move it into a handler")
        }
    }
}
