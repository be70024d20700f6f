import LuaRuntime
import NightjarEngine

/// What a script asks for, as a request.
extension FetchRequest {
    private static let options = ["headers", "query", "timeout", "body", "json"]

    /// `http.get(url, options)`, `http.post(url, body, options)`.
    static func simple(_ method: String, url: LuaValue, body: LuaValue, options: LuaValue, of function: String) throws -> FetchRequest {
        let options = try OptionTable(options, of: function, known: Self.options)
        let body = body.isNil ? options["body"] : body
        return try FetchRequest(method: method, url: url, body: body, options: options)
    }

    /// `http.request { method, url, headers, body, json, query, timeout }`.
    static func full(_ options: LuaValue) throws -> FetchRequest {
        guard case .table = options else {
            throw LuaHostError.badArgument("http.request", "expected a table such as { method = \"PUT\", url = \"https://…\" }")
        }
        let options = try OptionTable(options, of: "http.request", known: ["method", "url"] + Self.options)
        let method = try options.text("method") ?? "GET"
        guard !method.isEmpty, method.utf8.allSatisfy(HeaderText.isNameByte) else { throw options.wrong("method", "a word such as \"PUT\"") }
        return try FetchRequest(method: method.uppercased(), url: options["url"], body: options["body"], options: options)
    }

    private init(method: String, url: LuaValue, body: LuaValue, options: OptionTable) throws {
        self.init(method: method, url: try Self.address(url, query: options["query"], of: options.function))
        headers = try HeaderText.headers(options["headers"], of: options.function)
        if let timeout = try options.duration("timeout") { self.timeout = timeout }
        let json = options["json"]
        guard body.isNil || json.isNil else {
            throw LuaHostError.badArgument(options.function, "give 'body' or 'json', not both")
        }
        if !json.isNil {
            setJSON(try JSONValue(lua: json, root: "json"))
        } else if case .table = body {
            setJSON(try JSONValue(lua: body, root: "body"))
        } else if let bytes = body.outgoingBytes {
            self.body = bytes
        } else if !body.isNil {
            throw LuaHostError.badArgument(options.function, "the body must be a text or a table, not a \(body.typeName)")
        }
    }

    private mutating func setJSON(_ value: JSONValue) {
        body = Array(JSONWriter.write(value).utf8)
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            headers.append((name: "Content-Type", value: "application/json"))
        }
    }

    // MARK: Address

    private static func address(_ url: LuaValue, query: LuaValue, of function: String) throws -> String {
        guard let url = url.outgoingText else {
            throw LuaHostError.badArgument(function, "expected a URL such as \"https://example.com\", got \(url.typeName)")
        }
        // The text itself may hold a secret, so the message does not repeat it.
        guard ["http://", "https://"].contains(where: url.lowercased().hasPrefix) else {
            throw LuaHostError(code: "invalid_url", message: "\(function): a URL must start with http:// or https://")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw LuaHostError(
                code: "invalid_url", message: "\(function): the URL contains a space or control character; pass values by { query = { … } }")
        }
        let pairs = try queryPairs(query, of: function)
        guard !pairs.isEmpty else { return url }
        let end = url.firstIndex(of: "#") ?? url.endIndex
        return url[..<end] + (url[..<end].contains("?") ? "&" : "?") + pairs.joined(separator: "&") + url[end...]
    }

    private static func queryPairs(_ query: LuaValue, of function: String) throws -> [String] {
        if query.isNil { return [] }
        guard case .table(let table) = query, table.array.isEmpty else {
            throw LuaHostError.badArgument(function, "'query' must be a table of names and values")
        }
        return try table.sortedKeys.flatMap { key -> [String] in
            let name = key.value.outgoingText ?? ""
            let values = if case .table(let list) = table[key], list.fields.isEmpty { list.array } else { [table[key]] }
            return try values.map { value in
                guard let text = value.boolValue.map(String.init) ?? value.outgoingText else {
                    throw LuaHostError.badArgument(function, "query\(key.step) must be a text, a number or a list of them, not a \(value.typeName)")
                }
                return PercentEncoding.encode(name) + "=" + PercentEncoding.encode(text)
            }
        }
    }
}
