import LuaRuntime
import NightjarEngine

/// A `tool "name" { … }`.
struct ScriptTool: Tool {
    let description: ToolDescription
    let timeout: Duration
    let isIdempotent: Bool
    let handler: HandlerID
    let generation: GenerationReference

    func call(_ arguments: JSONValue, context: HandlerContext) async throws -> String {
        let results = try await generation.get().call(
            handler, [LuaValue(arguments), ContextObject.value(of: context)], as: .run(context))
        return try ScriptText.text(of: results.first ?? .nil, "the tool \(description.name)") ?? ""
    }
}
