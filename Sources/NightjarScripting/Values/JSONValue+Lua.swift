package import LuaRuntime
package import NightjarEngine

extension JSONValue {
    /// A script's value as a JSON document. A table is a list when it has items or is marked as one, else an object.
    ///
    /// - Parameter root: what messages call the value.
    /// - Throws: `LuaHostError` `invalid_value`, naming the place of what JSON has no form for.
    package init(lua value: LuaValue, root: String = "value") throws(LuaHostError) {
        do throws(JSONEncodingError) {
            self = try JSONValue(any: value)
        } catch {
            throw LuaHostError(code: "invalid_value", message: error.text(of: root))
        }
    }

    /// Nil for tables.
    init?(scalar value: LuaValue) throws(JSONEncodingError) {
        switch value {
        case .nil: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .string(let value): self = .string(value)
        case .number(let value):
            guard value.isFinite else { throw JSONEncodingError(problem: "JSON has no \(value.isNaN ? "NaN" : "infinity")") }
            self = .number(value)
        case .table: return nil
        case .bytes: throw JSONEncodingError(problem: "the text is not valid UTF-8")
        default:
            guard value == .jsonNull else { throw JSONEncodingError(problem: "a \(value.typeName) is no data and cannot be written") }
            self = .null
        }
    }

    private init(table: LuaTable) throws(JSONEncodingError) {
        if table.isList || !table.array.isEmpty {
            if let key = table.sortedKeys.first {
                throw JSONEncodingError(
                    problem: "a list cannot have the entry \(key.step) too; JSON has lists from 1 to n, and objects with named fields")
            }
            self = .array(try JSONValue.items(table.array) { value throws(JSONEncodingError) in try JSONValue(any: value) })
        } else {
            self = .object(try JSONValue.members(table.fields) { value throws(JSONEncodingError) in try JSONValue(any: value) })
        }
    }

    private init(any value: LuaValue) throws(JSONEncodingError) {
        if let scalar = try JSONValue(scalar: value) { self = scalar } else { self = try JSONValue(table: value.tableValue ?? LuaTable()) }
    }

    static func items(
        _ values: [LuaValue], _ convert: (LuaValue) throws(JSONEncodingError) -> JSONValue
    ) throws(JSONEncodingError) -> [JSONValue] {
        var items: [JSONValue] = []
        items.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            do throws(JSONEncodingError) { items.append(try convert(value)) } catch { throw error.inside("[\(index + 1)]") }
        }
        return items
    }

    static func members(
        _ fields: [LuaKey: LuaValue], _ convert: (LuaValue) throws(JSONEncodingError) -> JSONValue
    ) throws(JSONEncodingError) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for (key, value) in fields {
            guard case .string(let name) = key else {
                throw JSONEncodingError(problem: "the key \(key.step) is no text, as JSON needs; try tostring()")
            }
            do throws(JSONEncodingError) { members[name] = try convert(value) } catch { throw error.inside(key.step) }
        }
        return members
    }
}

extension LuaKey {
    /// The key as a script would write it behind a table.
    var step: String {
        switch self {
        case .string(let name): name.isIdentifier ? ".\(name)" : "[\"\(name.prefix(60))\"]"
        case .integer(let number): "[\(number)]"
        case .number(let number): "[\(number)]"
        case .bool(let value): "[\(value)]"
        case .bytes: "[bytes]"
        }
    }
}

extension String {
    fileprivate var isIdentifier: Bool {
        first?.isNumber == false && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}
