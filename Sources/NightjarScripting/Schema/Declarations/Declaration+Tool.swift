extension Declaration {
    package static let tool = Declaration(
        "tool", form: .named(.word), summary: "Something agents may do",
        fields: [
            FieldSchema("description", .text, required: true, "Tells the model what it does and when to use it"),
            FieldSchema("parameters", .map(.declared(.toolParameter)), default: "{}", "The arguments by name"),
            FieldSchema("timeout", .duration(.positive), default: "\"30s\"", "How long one call may take"),
            FieldSchema(
                "idempotent", .boolean, default: "false", "Whether a call may be repeated when it is not known if it happened"),
            FieldSchema(
                "run", .function(FunctionShape(["args": "table", "ctx": "nightjar.Context"], returns: "any")), required: true,
                "Does it; what it returns is told to the model"),
        ])

    package static let toolParameter = Declaration(
        "parameter", form: .part, summary: "An argument of a tool",
        fields: [
            FieldSchema("type", .choice(["string", "number", "integer", "boolean", "array", "object"]), required: true, "What it must be"),
            FieldSchema("description", .string, "Tells the model what to give"),
            FieldSchema("required", .boolean, default: "true without a default", "Whether the model must give it"),
            FieldSchema("default", .json, "Taken when the model does not give it"),
            FieldSchema("enum", .list(.json), "The values it may have"),
            FieldSchema("items", .declared(.toolParameter), "What the items of an array are"),
            FieldSchema("properties", .map(.declared(.toolParameter)), "What an object has"),
        ])
}
