extension Declaration {
    package static let onMessage = Declaration(
        "on_message",
        form: .positional([
            FieldSchema("pattern", .pattern, required: true, "What the text of the message must match"),
            FieldSchema(
                "handler", .function(FunctionShape(["ctx": "nightjar.Context"], returns: "any")), required: true,
                "Answers with the text it returns; nil passes the message on"),
        ]),
        summary: "Answers messages that match a pattern, before any agent sees them")
}
