package import LuaRuntime
import NightjarEngine

extension LuaLibrary {
    /// `triggers.list()`, `triggers.pause(name)`, `triggers.resume(name)` and `triggers.run_now(name)`.
    package static let triggers = LuaLibrary(
        path: "triggers",
        functions: [
            .synchronous("list") { call in
                let engine = try ScriptInvocation.handler(call, "triggers.list").control
                return [.list(engine.triggerSummaries.map { LuaValue($0) })]
            },
            .synchronous("pause") { call in
                let (service, name) = try service(call, "triggers.pause")
                try service.pause(name)
                return []
            },
            .synchronous("resume") { call in
                let (service, name) = try service(call, "triggers.resume")
                try service.resume(name)
                return []
            },
            .synchronous("run_now") { call in
                let (service, name) = try service(call, "triggers.run_now")
                switch try service.runNow(name) {
                case .started: return ["started"]
                case .queued: return ["queued"]
                case .refused: return ["refused"]
                }
            },
        ])

    private static func service(_ call: LuaCall, _ function: String) throws -> (TriggerService, String) {
        let context = try ScriptInvocation.handler(call, function)
        guard let name = call[0].stringValue else {
            throw LuaHostError.badArgument(function, "expected the name of a trigger, got \(call[0].typeName)")
        }
        guard let service = context.control.triggers else {
            throw LuaHostError(code: "no_triggers", message: "\(function): triggers do not run here; nightjar run runs them")
        }
        return (service, name)
    }
}
