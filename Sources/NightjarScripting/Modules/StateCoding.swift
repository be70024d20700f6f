import LuaRuntime
import NightjarEngine

/// Values of `state` as JSON text.
///
/// Data comes back as it was. What JSON has no form for is an object with the single member `$table`, the list of its keys and values.
enum StateCoding {
    private static let tableMark = "$table"

    /// - Throws: `LuaHostError` `invalid_value`, naming the place, or `too_large`.
    static func encode(_ value: LuaValue, key: String) throws(LuaHostError) -> String {
        let name = "state" + LuaKey.string(key).step
        let json: JSONValue
        do throws(JSONEncodingError) {
            json = try document(value)
        } catch {
            throw LuaHostError(code: "invalid_value", message: error.text(of: name))
        }
        let text = JSONWriter.write(json)
        guard text.utf8.count <= StateLimits.valueBytesMax else {
            throw LuaHostError(
                code: "too_large",
                message: "\(name): the value takes \(text.utf8.count) bytes; one value of state may take \(StateLimits.valueBytesMax)")
        }
        return text
    }

    /// - Throws: ``JSONSyntaxError`` when the store holds something else than ``encode(_:key:)`` wrote.
    static func decode(_ text: String) throws(JSONSyntaxError) -> LuaValue {
        restored(try JSONReader.read(text, keepsNull: true))
    }

    private static func document(_ value: LuaValue) throws(JSONEncodingError) -> JSONValue {
        if let scalar = try JSONValue(scalar: value) { return scalar }
        guard case .table(let table) = value else { return .null }
        if table.array.isEmpty && !table.isList, table.fields.keys.allSatisfy({ $0.stringValue != nil }), !isMarked(table) {
            return .object(try JSONValue.members(table.fields, document))
        }
        if table.fields.isEmpty, !table.array.contains(.nil) { return .array(try JSONValue.items(table.array, document)) }
        return [tableMark: .array(try entries(of: table))]
    }

    private static func entries(of table: LuaTable) throws(JSONEncodingError) -> [JSONValue] {
        var entries: [JSONValue] = []
        for (index, item) in table.array.enumerated() where item != .nil {
            do throws(JSONEncodingError) {
                entries.append([.integer(Int64(index + 1)), try document(item)])
            } catch {
                throw error.inside("[\(index + 1)]")
            }
        }
        for key in table.sortedKeys {
            do throws(JSONEncodingError) {
                entries.append([try document(key.value), try document(table[key])])
            } catch {
                throw error.inside(key.step)
            }
        }
        return entries
    }

    private static func isMarked(_ table: LuaTable) -> Bool { table.fields[.string(tableMark)] != nil }

    private static func restored(_ value: LuaValue) -> LuaValue {
        guard case .table(var table) = value else { return value }
        if table.fields.count == 1, case .table(let entries)? = table.fields[.string(tableMark)] {
            var plain = LuaTable()
            for entry in entries.array {
                if let key = LuaKey(entry[1]) { plain[key] = restored(entry[2]) }
            }
            return .table(plain)
        }
        table.array = table.array.map(restored)
        table.fields = table.fields.mapValues(restored)
        return .table(table)
    }
}
