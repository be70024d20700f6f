import LuaRuntime
import NightjarEngine

/// The `state` table in Lua values, within its limits.
struct StateValues {
    private static let reserved = ["keys", "update"]

    private let table: StateTable

    init(_ table: StateTable) { self.table = table }

    func value(of key: LuaValue) throws -> LuaValue {
        guard let text = table[try name(key)] else { return .nil }
        return try StateCoding.decode(text)
    }

    func set(_ key: LuaValue, to value: LuaValue) throws {
        let name = try name(key)
        let text = try encoded(value, name)
        try checkRoom(for: name, text)
        table[name] = text
    }

    /// - Returns: the new value.
    func update(_ key: LuaValue, _ change: (LuaValue) throws -> LuaValue) throws -> LuaValue {
        let name = try name(key)
        for _ in 0..<StateLimits.updateTriesMax {
            let before = table[name]
            let value = try change(try before.map { text in try StateCoding.decode(text) } ?? .nil)
            let text = try encoded(value, name)
            try checkRoom(for: name, text)
            if table.replace(name, expected: before, with: text) { return value }
        }
        throw LuaHostError(
            code: "busy", message: "state.update: \"\(name)\" was changed by others \(StateLimits.updateTriesMax) times in a row; try again later")
    }

    private func encoded(_ value: LuaValue, _ name: String) throws -> String? {
        value.isNil ? nil : try StateCoding.encode(value, key: name)
    }

    private func name(_ key: LuaValue) throws -> String {
        guard let name = key.stringValue, !name.isEmpty else {
            throw LuaHostError.badArgument("state", "a key must be a text that is not empty, not a \(key.typeName)")
        }
        guard name.utf8.count <= StateLimits.keyBytesMax else {
            throw LuaHostError.badArgument("state", "a key may have \(StateLimits.keyBytesMax) bytes; this one has \(name.utf8.count)")
        }
        guard !StateValues.reserved.contains(name) else {
            throw LuaHostError.badArgument("state", "\"\(name)\" is a function of state and cannot be a key")
        }
        return name
    }

    private func checkRoom(for name: String, _ text: String?) throws {
        guard text != nil, table[name] == nil, table.count >= StateLimits.keysMax else { return }
        throw LuaHostError(
            code: "too_many_keys",
            message:
                "state has \(StateLimits.keysMax) keys, which is as many as it may have; remove some by assigning nil, or keep several values in one table"
        )
    }
}
