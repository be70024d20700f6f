import LuaRuntime
import NightjarEngine

/// A `hook("point", function(ctx) … end)`. It finds what happened in `ctx.event`, and may return a changed input.
struct ScriptHook: Hook {
    let handler: HandlerID
    let generation: GenerationReference

    func run(_ event: HookEvent, context: HandlerContext) async throws -> String? {
        let results = try await generation.get().call(
            handler, [ContextObject.value(of: context)], as: .hook(context, event))
        return try ScriptText.text(of: results.first ?? .nil, "the \(event.point.rawValue) hook")
    }
}
