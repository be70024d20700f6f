import LuaRuntime
import NightjarEngine

/// `on_message("pattern", function(ctx, captures…) … end)`
enum MessageHandlers {
    /// The pattern is Lua's, so Lua tests it.
    static let matcher = "return function(text, pattern) return string.match(text, pattern) end"
    static let matcherID = HandlerID("on_message", "*", "match")

    /// Bytes of a message that are held against patterns. Matching runs in C, where nothing can stop it, and the time that some patterns
    /// take grows with the square of the text, which anybody may send.
    static let textBytesMax = 8 << 10

    static func beginning(of text: String) -> String {
        guard text.utf8.count > textBytesMax else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: textBytesMax)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }

    static func definition(_ pattern: String, _ handler: HandlerID, _ generation: GenerationReference) -> MessageHandlerDefinition {
        MessageHandlerDefinition(pattern: pattern) { context in
            let generation = try generation.get()
            let captures = try await generation.call(
                matcherID, [.string(Self.beginning(of: context.text)), .string(pattern)], as: .run(context))
            guard let first = captures.first, !first.isNil else { return .none }
            let results = try await generation.call(handler, [ContextObject.value(of: context)] + captures, as: .run(context))
            return try ScriptText.result(of: results, "the handler of on_message")
        }
    }
}
