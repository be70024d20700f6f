/// The types of declarations in the notation of the Lua language server.
enum LuaTypeText {
    static let duration = "nightjar.Duration"
    static let secret = "nightjar.Secret"

    /// The class of a declaration's table: `nightjar.Agent`, `nightjar.Model.Openai`.
    static func className(of declaration: Declaration) -> String {
        "nightjar.\(capitalized(declaration.kind))" + (declaration.variant.map { ".\(capitalized($0))" } ?? "")
    }

    static func className(of table: DeclaredTable) -> String {
        switch table {
        case .toolParameter: "nightjar.Parameter"
        case .triggerOptions: "nightjar.TriggerOptions"
        case .webhookOptions: "nightjar.WebhookOptions"
        }
    }

    /// - Parameter owner: the class the field belongs to; a table of its own is called after both.
    static func text(of type: FieldType, key: String, owner: String) -> String {
        switch type {
        case .string, .pattern, .timestamp: "string"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .duration: duration
        case .secret: "string|\(secret)"
        case .function(let shape): function(shape)
        case .list(let item): "(\(text(of: item, key: key, owner: owner)))[]"
        case .map(let value): "table<string, \(text(of: value, key: key, owner: owner))>"
        case .choice(let words): words.map { "\"\($0)\"" }.joined(separator: "|")
        case .oneOf(let types): types.map { text(of: $0, key: key, owner: owner) }.joined(separator: "|")
        case .table: nestedName(key, owner: owner)
        case .declared(let table): className(of: table)
        case .json: "any"
        }
    }

    static func nestedName(_ key: String, owner: String) -> String { "\(owner).\(capitalized(key))" }

    private static func function(_ shape: FunctionShape) -> String {
        let parameters = shape.parameters.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
        return "fun(\(parameters))" + (shape.returns.map { ": \($0)" } ?? "")
    }

    /// `on_message` becomes `OnMessage`.
    private static func capitalized(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
