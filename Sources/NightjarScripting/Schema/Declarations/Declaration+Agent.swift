extension Declaration {
    package static let agent = Declaration(
        "agent", form: .named(.word), summary: "A model with instructions, tools and a memory",
        fields: [
            FieldSchema("description", .string, default: "\"\"", "Shown in lists"),
            FieldSchema("model", .text, required: true, "The name of a model"),
            FieldSchema(
                "instructions",
                .oneOf([.string, .function(FunctionShape(["ctx": "nightjar.Context"], returns: "string"))]), default: "\"\"",
                "Who the agent is told it is: text, or a function that returns it"),
            FieldSchema("tools", .list(.string(.toolName)), default: "{}", "The names of tools it may use; * at the end allowed"),
            FieldSchema("max_iterations", .integer(1...1000), default: "10", "Answers of the model in one task"),
            FieldSchema("timeout", .duration(.positive), "How long a task may take; settings.command_timeout otherwise"),
            FieldSchema("temperature", .number(0...2), "How freely the model chooses its words"),
            FieldSchema("memory", .table(memory), "What it remembers of a session"),
        ])

    private static let memory = [
        FieldSchema("turns", .integer(0...10_000), default: "20", "Earlier turns of the session that the model is shown")
    ]
}
