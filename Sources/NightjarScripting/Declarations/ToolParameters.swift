import NightjarEngine

/// A tool's `parameters` as JSON Schema.
enum ToolParameters {
    static func schema(_ parameters: [String: FieldValues]) -> JSONValue {
        let required = parameters.filter { isRequired($0.value) }.keys.sorted()
        return .object([
            "type": "object", "properties": .object(parameters.mapValues(property)),
            "required": .array(required.map(JSONValue.string)), "additionalProperties": false,
        ])
    }

    private static func property(_ values: FieldValues) -> JSONValue {
        var object: [String: JSONValue] = [:]
        if let type = values.string("type") { object["type"] = .string(type) }
        if let description = values.string("description") { object["description"] = .string(description) }
        if let value = values.json("default") { object["default"] = value }
        if let choices = values.list("enum") {
            object["enum"] = .array(choices.compactMap { if case .json(let value) = $0 { value } else { nil } })
        }
        if let items = values.table("items") { object["items"] = property(items) }
        if let properties = values.tables("properties"), case .object(let nested) = schema(properties) {
            object.merge(nested) { _, new in new }
        }
        return .object(object)
    }

    /// What has no default must be given, unless it says otherwise.
    private static func isRequired(_ values: FieldValues) -> Bool {
        values.boolean("required") ?? !values.has("default")
    }
}
