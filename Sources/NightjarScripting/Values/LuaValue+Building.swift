package import LuaRuntime
package import NightjarEngine

extension LuaValue {
    /// A table with named fields; those that are nil are left out.
    package static func record(_ fields: KeyValuePairs<LuaKey, LuaValue>) -> LuaValue {
        var table = LuaTable()
        for (key, value) in fields { table[key] = value }
        return .table(table)
    }

    /// A table that is a list, also when it is empty.
    package static func list(_ items: [LuaValue]) -> LuaValue {
        var table = LuaTable(array: items)
        table.isList = true
        return .table(table)
    }

    package static func text(_ text: String?) -> LuaValue { text.map(LuaValue.string) ?? .nil }

    /// As the HTTP API dates things: ISO 8601 in UTC.
    package static func moment(_ moment: Timestamp?) -> LuaValue { text(moment?.iso8601) }

    package static func milliseconds(_ duration: Duration?) -> LuaValue { duration.map { .integer($0.wholeMilliseconds) } ?? .nil }

    /// A Lua string of any bytes.
    package static func bytes(of bytes: [UInt8]) -> LuaValue {
        String(validating: bytes, as: UTF8.self).map(LuaValue.string) ?? .bytes(bytes)
    }
}
