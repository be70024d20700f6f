import LuaRuntime
import NightjarEngine

/// `on_message("pattern", function(ctx, captures…) … end)`
enum MessageHandlers {
    /// The pattern is Lua's, so Lua tests it.
    static let matcher = "return function(text, pattern) return string.match(text, pattern) end"
    static let matcherID = HandlerID("on_message", "*", "match")

    static func definition(_ pattern: String, _ handler: HandlerID, _ generation: GenerationReference) -> MessageHandlerDefinition {
        MessageHandlerDefinition(pattern: pattern) { context in
            let generation = try generation.get()
            let captures = try await generation.call(
                matcherID, [.string(context.text), .string(pattern)], as: .run(context))
            guard let first = captures.first, !first.isNil else { return .none }
            let results = try await generation.call(handler, [ContextObject.value(of: context)] + captures, as: .run(context))
            return try ScriptText.result(of: results, "the handler of on_message")
        }
    }
}
