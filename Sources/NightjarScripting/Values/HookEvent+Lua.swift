package import LuaRuntime
package import NightjarEngine

extension HookEvent {
    /// The event's own fields, for the table a hook gets. A tool's arguments are the JSON text in `input`.
    package var luaValue: LuaValue {
        .record([
            "point": .string(point.rawValue), "task": LuaValue(task), "input": .string(input), "tool": .text(tool),
            "iteration": iteration.map { .integer(Int64($0)) } ?? .nil, "output": .text(output),
            "error": failure.map { LuaValue($0) } ?? .nil, "duration_ms": .milliseconds(duration),
        ])
    }
}
