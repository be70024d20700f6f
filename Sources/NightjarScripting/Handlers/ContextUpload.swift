import LuaRuntime
import NightjarEngine

/// What `ctx:upload` is given: `{ name = "report.csv", content = "…", type = …, title = …, text = … }`.
struct ContextUpload {
    var file: OutboundFile
    var comment: String

    private static let keys = ["name", "content", "type", "title", "text"]

    /// - Throws: `LuaHostError` that says what is wrong.
    init(_ value: LuaValue) throws {
        guard case .table(let table) = value else {
            throw Self.error("takes a table, such as { name = \"report.csv\", content = text }")
        }
        for (key, _) in table.fields {
            guard let name = key.stringValue, Self.keys.contains(name) else {
                let name = key.stringValue ?? "of that kind"
                let near = NearestNames.question(NearestNames.find(name, in: Self.keys))
                throw Self.error("has no option '\(name)'" + (near.map { " (\($0))" } ?? ""))
            }
        }
        guard let name = table["name"].stringValue else { throw Self.error("needs a name, such as \"report.csv\"") }
        file = OutboundFile(
            name: name, type: try Self.text(table, "type"), title: try Self.text(table, "title"),
            content: try Self.content(table["content"]))
        comment = try Self.text(table, "text") ?? ""
    }

    private static func content(_ value: LuaValue) throws -> [UInt8] {
        switch value {
        case .string(let text): return Array(text.utf8)
        case .bytes(let bytes): return bytes
        case .object(let object) where object.typeName == "secret":
            throw error("does not take secrets: a person would see them")
        case let other: throw error("takes content as a string, not \(other.isNil ? "nothing" : "a " + other.typeName)")
        }
    }

    private static func text(_ table: LuaTable, _ key: String) throws -> String? {
        let value = table[LuaKey.string(key)]
        if value.isNil { return nil }
        guard let text = value.stringValue else { throw error("takes \(key) as text, not a \(value.typeName)") }
        return text
    }

    private static func error(_ message: String) -> LuaHostError {
        LuaHostError(code: "bad_argument", message: "ctx:upload \(message)")
    }
}
