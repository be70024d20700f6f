import LuaRuntime

extension LuaValue {
    /// What a wrong value is called in an error: small ones are repeated, others named by their type.
    var inWords: String {
        switch self {
        case .nil: "nothing"
        case .bool: "a boolean"
        case .integer(let number): "\(number)"
        case .number(let number) where !number.isFinite: "a number that is not finite"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .string(let text): Quoted.text(text)
        case .bytes: "text that is not UTF-8"
        case .table: "a table"
        case .function: "a function"
        case .reference: "a thread or other Lua object"
        case .object(let object): "a \(object.typeName)"
        }
    }
}

extension LuaKey {
    /// As it would stand between brackets.
    var inWords: String { value.inWords }
}
