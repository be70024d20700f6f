package import LuaRuntime
import NightjarEngine

extension LuaLibrary {
    /// Texts longer than this are read outside of the Lua thread where the script can wait, since reading on it is the script's CPU time.
    static let jsonInlineBytesMax = 256 << 10

    /// `json.encode(value, { pretty = true })`, `json.decode(text, { keep_null = true })`, `json.null` and `json.array(table)`.
    ///
    /// An empty table is written as `{}`, unless it came from JSON as `[]` or went through `json.array`. Members that are null are
    /// absent from what `decode` returns unless `keep_null` is set; in lists, where positions matter, a null is `json.null`.
    package static let json = LuaLibrary(
        path: "json",
        functions: [
            .synchronous("encode") { call in
                let options = try OptionTable(call[1], of: "json.encode", known: ["pretty"])
                return [.string(JSONWriter.write(try JSONValue(lua: call[0]), pretty: try options.bool("pretty") ?? false))]
            },
            .synchronous("decode") { [try decodedJSON($0)] },
            .awaiting("decode_waiting") { [try decodedJSON($0)] },
            .synchronous("array") { call in
                guard case .table(var table) = call[0], table.fields.isEmpty else {
                    throw LuaHostError.badArgument("json.array", "expected a table without named fields, such as {}")
                }
                table.isList = true
                return [.table(table)]
            },
        ],
        constants: ["null": .jsonNull],
        objectTypes: [
            LuaObjectType(
                name: LuaValue.jsonNullTypeName,
                metamethods: [.synchronous("__tostring") { _ in ["null"] }.withoutLocation()])
        ],
        prelude: [
            LuaSource(
                name: "json",
                text: """
                    local native = ...
                    local decode, decode_waiting = json.decode, json.decode_waiting
                    json.decode_waiting = nil
                    json.decode = native(function(text, options)
                      if type(text) ~= "string" or #text <= \(jsonInlineBytesMax) then return decode(text, options) end
                      local ok, result = pcall(decode_waiting, text, options)
                      if ok then return result end
                      if type(result) == "table" and result.code == "cannot_wait" then return decode(text, options) end
                      error(result, 0)
                    end)
                    """)
        ])

    private static func decodedJSON(_ call: LuaCall) throws -> LuaValue {
        let options = try OptionTable(call[1], of: "json.decode", known: ["keep_null"])
        switch call[0] {
        case .string(let text): return try JSONReader.read(text, keepsNull: try options.bool("keep_null") ?? false)
        case .bytes(let bytes):
            let valid = String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
            let offset = valid.reduce(0) { $0 + UTF8.width($1) }
            throw LuaHostError(code: "invalid_json", message: "invalid JSON: the text is not valid UTF-8 behind byte \(offset)")
        default: throw LuaHostError.badArgument("json.decode", "expected a text, got \(call[0].typeName)")
        }
    }
}
