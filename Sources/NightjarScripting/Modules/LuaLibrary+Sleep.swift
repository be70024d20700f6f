package import LuaRuntime
package import NightjarEngine

extension LuaLibrary {
    /// `sleep("1s")`: waits.
    package static func sleep(_ clock: EngineClock) -> LuaLibrary {
        LuaLibrary(functions: [
            .awaiting("sleep") { call in
                let context = try await ScriptInvocation.beforeWaiting(call, "sleep")
                do {
                    let pause = try Duration(lua: call[0])
                    let remaining = context.remainingTime ?? pause
                    try await clock.sleep(for: min(pause, remaining))
                    if remaining < pause { throw ScriptInvocation.overtime(context) }
                } catch let error as DurationTextError {
                    throw LuaHostError.badArgument("sleep", error.message)
                }
                return []
            }
        ])
    }
}
