/// A model's arguments held against a tool's JSON Schema: the part of it that tools are declared with
/// (an object with typed properties, `required`, `default`, `enum`).
public enum ToolArguments {
    /// - Parameters:
    ///   - text: what the model wrote; empty means no arguments.
    ///   - schema: the tool's `parameters`.
    /// - Returns: an object with the defaults filled in.
    /// - Throws: ``ToolArgumentError``, whose message tells the model how to call the tool rightly.
    public static func prepare(_ text: String, for schema: JSONValue) throws -> JSONValue {
        let parsed: JSONValue
        do {
            parsed = text.isEmpty ? .object([:]) : try JSONValue(parsing: text)
        } catch {
            throw ToolArgumentError("the arguments are not valid JSON")
        }
        guard case .object(var arguments) = parsed else {
            throw ToolArgumentError("the arguments must be a JSON object")
        }
        let properties = schema["properties"]?.object ?? [:]
        for (name, property) in properties where arguments[name] == nil {
            arguments[name] = property["default"]
        }
        for required in schema["required"]?.array ?? [] {
            guard let name = required.string else { continue }
            if arguments[name] == nil { throw ToolArgumentError("the argument \"\(name)\" is missing") }
        }
        for (name, value) in arguments {
            guard let property = properties[name] else {
                if schema["additionalProperties"] == .bool(false) {
                    let known = properties.keys.sorted().joined(separator: ", ")
                    throw ToolArgumentError("there is no argument \"\(name)\"; the tool takes: \(known)")
                }
                continue
            }
            try check(value, named: name, against: property)
        }
        return .object(arguments)
    }

    private static func check(_ value: JSONValue, named name: String, against property: JSONValue) throws {
        if let type = property["type"]?.string, !fits(value, type) {
            throw ToolArgumentError("the argument \"\(name)\" must be of type \(type)")
        }
        if let choices = property["enum"]?.array, !choices.contains(value) {
            let list = choices.map(\.text).joined(separator: ", ")
            throw ToolArgumentError("the argument \"\(name)\" must be one of \(list)")
        }
        if case .array(let elements) = value, let items = property["items"] {
            for (index, element) in elements.enumerated() {
                try check(element, named: "\(name)[\(index)]", against: items)
            }
        }
    }

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("string", .string), ("boolean", .bool), ("array", .array), ("object", .object), ("null", .null): true
        case ("number", .integer), ("number", .number): true
        case ("integer", _): value.integer != nil
        case ("string", _), ("boolean", _), ("array", _), ("object", _), ("null", _), ("number", _): false
        // A type we do not know constrains nothing.
        default: true
        }
    }
}
