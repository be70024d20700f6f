import Logging
import LuaRuntime
import NightjarEngine

/// `on_message("pattern", function(ctx, captures…) … end)`
struct MessageHandler {
    /// Steps that one match may take: some 15 ms, and twice what a well-made pattern needs for the longest text that there is.
    static let stepsMax = 4 << 20

    let pattern: LuaPattern
    /// As written.
    let text: String
    let location: LuaLocation
    let logger: Logger

    func definition(_ handler: HandlerID, _ generation: GenerationReference) -> MessageHandlerDefinition {
        MessageHandlerDefinition(pattern: text) { context in
            guard let captures = try match(context.text) else { return .none }
            let results = try await generation.get().call(handler, [ContextObject.value(of: context)] + captures, as: .run(context))
            return try ScriptText.result(of: results, "the handler of on_message")
        }
    }

    /// A text that anybody may send must not hold up the engine: what takes too long does not match.
    func match(_ message: String) throws -> [LuaValue]? {
        do throws(LuaMatchFailure) {
            return try pattern.match(Array(message.utf8), stepsMax: Self.stepsMax)
        } catch {
            if error == .cancelled { throw CancellationError() }
            let reason = error == .tooLong ? "was not done after \(Self.stepsMax) steps" : "needs too many tries inside each other"
            logger.warning(
                """
                \(location): on_message \(Quoted.text(text)) was passed over: matching a message of \(message.utf8.count) bytes \(reason). \
                Begin the pattern with ^, or give it fewer of * + - that can stand for the same characters
                """)
            return nil
        }
    }
}
