import LuaRuntime

/// An interpreter in which a generation's sources have been evaluated, with the functions they declared.
struct ScriptInterpreter: Sendable {
    let vm: LuaVM
    /// By the path of the declaration: `command/deploy/run`.
    let functions: [HandlerID: LuaFunction]
}
