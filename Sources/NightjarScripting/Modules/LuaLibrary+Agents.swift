package import LuaRuntime
import NightjarEngine

extension LuaLibrary {
    /// `agents.list()`, by name.
    package static let agents = LuaLibrary(
        path: "agents",
        functions: [
            .synchronous("list") { call in
                let agents = try ScriptInvocation.handler(call, "agents.list").definitions.agents.values
                return [.list(agents.map(\.summary).sorted { $0.name < $1.name }.map(LuaValue.init))]
            }
        ])
}
