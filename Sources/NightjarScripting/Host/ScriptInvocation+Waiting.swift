package import LuaRuntime
package import NightjarEngine

extension ScriptInvocation {
    /// What a host function does before it waits or has an effect outside: looks at the handler's time, and makes durable what was written
    /// to `state`.
    /// - Parameter function: as scripts write it: `http.get`.
    /// - Throws: `LuaHostError` outside of handlers, and with the code `timeout` when the handler's time is over.
    @discardableResult
    package static func beforeWaiting(_ call: LuaCall, _ function: String) async throws -> HandlerContext {
        let context = try handler(call, function)
        try checkTime(of: context)
        try await context.keepState()
        return context
    }

    /// - Throws: `LuaHostError` with the code `timeout` when the handler's time is over.
    package static func checkTime(of context: HandlerContext) throws(LuaHostError) {
        if let remaining = context.remainingTime, remaining <= .zero { throw overtime(context) }
    }

    package static func overtime(_ context: HandlerContext) -> LuaHostError {
        let limit = DurationText.format(context.definitions.settings.commandTimeout)
        return LuaHostError(
            code: "timeout", message: "took longer than \(limit) (settings.command_timeout), not counting its waits for people and agents",
            endsWaiting: true)
    }
}
