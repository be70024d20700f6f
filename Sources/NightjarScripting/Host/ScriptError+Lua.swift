import LuaRuntime
import NightjarEngine

extension ScriptError {
    /// What a failed call means to the engine.
    static func translating(_ error: LuaError) -> any Error {
        switch error.kind {
        case .cancelled, .closed:
            return CancellationError()
        case .timeout:
            return script("script_timeout", "used up its CPU time; long work needs a wait in between, or settings { handler_timeout = … }", error)
        case .memory:
            let limit = "\(LuaLimits().memoryBytesMax >> 20) MiB"
            return script("script_memory", "found no memory left of the \(limit) that all scripts have together; keep less at once", error)
        case .stackOverflow:
            return script("script_overflow", stackOverflow, error)
        case .quarantined:
            return script("script_stuck", "did not come back from native code (a pattern or a huge string?), so its interpreter was given up", error)
        case .interrupted, .moved:
            return interrupted(error)
        default:
            break
        }
        if error.code == HandlerFailure.code { return HandlerFailure(error.value["message"].stringValue ?? error.message) }
        return script(error.code ?? "script_error", error.message, error)
    }

    static let stackOverflow = "stack overflow: functions call themselves or each other without end"

    /// Of a handler that did nothing wrong.
    static func interrupted(_ error: LuaError) -> ScriptError {
        script(
            "script_interrupted",
            "another script did not come back from native code, so the interpreter that both used was given up; try it again", error)
    }

    private static func script(_ code: String, _ message: String, _ error: LuaError) -> ScriptError {
        ScriptError(
            code: code, message: message, location: error.location.map(\.description), traceback: error.traceback)
    }
}

extension HandlerFailure {
    /// The code that `ctx:fail` raises with.
    static let code = "refused"
}
