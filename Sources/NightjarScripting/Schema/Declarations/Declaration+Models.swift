extension Declaration {
    package static let openAIModel = model(
        "openai", "A model behind an OpenAI-compatible API, of a provider or of your own server", fields: hostedFields)

    package static let anthropicModel = model("anthropic", "A model of Anthropic", fields: hostedFields)

    package static let luaModel = model(
        "lua", "A model written in Lua, for tests and for answers that need no provider",
        fields: [
            FieldSchema(
                "respond",
                .function(FunctionShape(["request": "nightjar.ModelRequest"], returns: "string|nightjar.ModelAnswer|fun(): string?")),
                required: true, "Answers a request: text, a function that gives it piece by piece, or text and tool calls")
        ])

    package static let echoModel = model("echo", "A model that repeats its input: works without a key and a network", fields: [])

    private static let hostedFields = [
        FieldSchema("name", .text, required: true, "The provider's name for the model"),
        FieldSchema("api_key", .secret, "The provider's key; local servers need none"),
        FieldSchema("base_url", .string(.url), "Where the API is, if not at the provider's own address"),
        FieldSchema("max_tokens", .integer(1...10_000_000), "The most tokens an answer may have"),
        FieldSchema("headers", .map(.secret), default: "{}", "Sent with every request; they replace our own of the same name"),
        FieldSchema("timeouts", .table(timeouts), "How long the provider may keep us waiting"),
    ]

    private static let timeouts = [
        FieldSchema("connect", .duration(.positive), default: "\"10s\"", "To open a connection"),
        FieldSchema("first_byte", .duration(.positive), default: "\"1m\"", "From the request to the first byte of the answer"),
        FieldSchema("between_chunks", .duration(.positive), default: "\"1m\"", "From one part of the answer to the next"),
        FieldSchema("whole", .duration(.positive), default: "\"10m\"", "For the whole answer"),
    ]

    private static func model(_ provider: String, _ summary: String, fields: [FieldSchema]) -> Declaration {
        let selector = FieldSchema("provider", .choice([provider]), required: true, "Who answers")
        return Declaration("model", variant: provider, form: .named(.word), summary: summary, fields: [selector] + fields)
    }
}

extension DeclarationFamily {
    package static let model = DeclarationFamily(
        selector: .key("provider"), members: [.anthropicModel, .echoModel, .luaModel, .openAIModel])
}
