import Logging
package import LuaRuntime

extension LuaLibrary {
    /// `log.info("text", { key = value })`, and `debug`, `warn`, `error` likewise.
    package static func log(_ log: ScriptLog) -> LuaLibrary {
        let levels: [(name: String, level: Logger.Level)] = [
            ("debug", .debug), ("info", .info), ("warn", .warning), ("error", .error),
        ]
        return LuaLibrary(
            path: "log",
            functions: levels.map { name, level in
                .synchronous(name) { call in
                    guard call.arguments.count >= 1 else {
                        throw LuaHostError.badArgument("log.\(name)", "expected a text")
                    }
                    let fields = call[1].isNil ? LuaTable() : call[1].tableValue
                    guard let fields else {
                        throw LuaHostError.badArgument("log.\(name)", "expected a table of fields behind the text, got a \(call[1].typeName)")
                    }
                    var named = fields.fields
                    for (index, item) in fields.array.enumerated() { named[.integer(Int64(index + 1))] = item }
                    log.write(level, log.text(of: call[0]), named, call.location)
                    return []
                }
            })
    }
}
