package import LuaRuntime
package import NightjarEngine

extension LuaValue {
    /// The name of the object type of `json.null`.
    static let jsonNullTypeName = "json.null"

    /// What scripts know as `json.null`: a null that a table can hold.
    package static let jsonNull = LuaValue.object(LuaObject(typeName: jsonNullTypeName, payload: []))

    /// A JSON document as scripts see it: members that are null are absent, and lists know that they are lists.
    package init(_ json: JSONValue) {
        switch json {
        case .null: self = .jsonNull
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .string(let value): self = .string(value)
        case .array(let items): self = .list(items.map { LuaValue($0) })
        case .object(let members):
            var table = LuaTable()
            for (name, value) in members where value != .null { table.fields[.string(name)] = LuaValue(value) }
            self = .table(table)
        }
    }
}
