import LuaRuntime
import NightjarEngine

/// What a script returned, as text for a person or a model.
enum ScriptText {
    /// - Returns: nil when it returned nothing; tables as JSON.
    /// - Throws: ``ScriptError`` for what cannot be text.
    static func text(of value: LuaValue, _ what: String) throws -> String? {
        switch value {
        case .nil: return nil
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .bool(let flag): return String(flag)
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .table:
            do {
                return try JSONValue(lua: value).text
            } catch {
                throw ScriptError(message: "\(what) returned a table that is no data: \(error)")
            }
        case .function, .reference, .object:
            throw ScriptError(message: "\(what) must return text, not a \(value.typeName)")
        }
    }

    /// What a command, a trigger or a message handler returned.
    static func result(of values: [LuaValue], _ what: String) throws -> HandlerResult {
        try text(of: values.first ?? .nil, what).map(HandlerResult.answer) ?? .none
    }
}
