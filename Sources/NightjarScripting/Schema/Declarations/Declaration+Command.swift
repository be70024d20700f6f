extension Declaration {
    package static let command = Declaration(
        "command", form: .named(.command), summary: "A command that people type behind a prefix",
        fields: [
            FieldSchema("description", .string, default: "\"\"", "Shown in the help"),
            FieldSchema("usage", .text, "How it is typed, such as \"/deploy <service> [--env=prod]\""),
            FieldSchema("aliases", .list(.text), default: "{}", "Other names"),
            FieldSchema("allow", .table(allow), "Who may use it and where; everyone otherwise"),
            FieldSchema(
                "run", .function(FunctionShape(["ctx": "nightjar.Context"], returns: "any")), required: true,
                "Does it; text that it returns is the answer"),
        ])

    private static let allow = [
        FieldSchema("users", .list(.string(.user)), default: "{}", "Users such as \"slack:U123\"; * at the end allowed"),
        FieldSchema("channels", .list(.text), default: "{}", "Channels such as \"#ops\" or \"slack:#ops\"; * at the end allowed"),
    ]
}
