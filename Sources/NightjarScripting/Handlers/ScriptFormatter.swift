import LuaRuntime
import NightjarEngine

/// A `formatter("platform", { … })`: text as it is, a table as the platform's raw payload, nil for the native default.
struct ScriptFormatter: FormatterOverride {
    /// The functions that are there, by the kind of message they format.
    let handlers: [String: HandlerID]
    let generation: GenerationReference

    func format(_ content: ReplyContent) async throws -> RenderedMessage? {
        guard let handler = handlers[content.kind] else { return nil }
        let results = try await generation.get().callWithoutWaiting(handler, [content.luaArgument])
        switch results.first ?? .nil {
        case .nil: return nil
        case .string(let text): return .text(text)
        case .table(let table): return .payload(try JSONValue(lua: .table(table)))
        case let other:
            throw ScriptError(message: "a formatter must return text, a table or nil, not a \(other.typeName)")
        }
    }
}
