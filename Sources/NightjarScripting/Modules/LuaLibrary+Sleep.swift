package import LuaRuntime
package import NightjarEngine

extension LuaLibrary {
    /// `sleep("1s")`: waits.
    package static func sleep(_ clock: EngineClock) -> LuaLibrary {
        LuaLibrary(functions: [
            .awaiting("sleep") { call in
                let context = try ScriptInvocation.handler(call, "sleep")
                do {
                    try await context.keepState()
                    try await clock.sleep(for: try Duration(lua: call[0]))
                } catch let error as DurationTextError {
                    throw LuaHostError.badArgument("sleep", error.message)
                }
                return []
            }
        ])
    }
}
