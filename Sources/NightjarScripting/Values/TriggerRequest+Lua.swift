import LuaRuntime
import NightjarEngine

extension TriggerRequest {
    /// What `ctx.request` is: `method`, `path`, `query`, `headers`, `body`, and `json`, which is nil unless the body is JSON.
    var luaValue: LuaValue {
        let json = String(validating: bytes, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) }
        return [
            "method": .string(method), "path": .string(path), "query": Self.table(query), "headers": Self.table(headers),
            "body": .bytes(of: bytes), "json": json.map { LuaValue($0) } ?? .nil,
        ]
    }

    private static func table(_ texts: [String: String]) -> LuaValue {
        .table(LuaTable(fields: Dictionary(uniqueKeysWithValues: texts.map { (.string($0), .string($1)) })))
    }
}
