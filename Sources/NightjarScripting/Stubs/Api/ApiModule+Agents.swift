extension ApiModule {
    package static let agents = ApiModule(
        "agents", .table, "The agents that are declared",
        functions: [ApiFunction("list", returns: ["nightjar.AgentSummary[]"], "All agents")],
        classes: [
            ApiClass(
                "nightjar.AgentSummary", "An agent",
                fields: [
                    ApiParameter("name", "string", "Its name"),
                    ApiParameter("description", "string", "What it is for"),
                    ApiParameter("model", "string", "Its model"),
                    ApiParameter("tools", "string[]", "The names of its tools"),
                ]),
            modelRequest, modelAnswer,
        ])

    private static let modelRequest = ApiClass(
        "nightjar.ModelRequest", "What a model written in Lua is asked",
        fields: [
            ApiParameter("input", "string", "The last thing a person said"),
            ApiParameter("instructions", "string", "Who the agent is told it is"),
            ApiParameter("messages", "table[]", "The conversation: role, content, tool_calls"),
            ApiParameter("tools", "table[]", "The tools: name, description, parameters"),
            ApiParameter("temperature", "number", optional: true, "How freely to choose words"),
        ])

    private static let modelAnswer = ApiClass(
        "nightjar.ModelAnswer", "What a model written in Lua may answer",
        fields: [
            ApiParameter("text", "string", optional: true, "For the person"),
            ApiParameter("tool_calls", "{ name: string, arguments: table?, id: string? }[]", optional: true, "Tools to call before it goes on"),
            ApiParameter("usage", "nightjar.Usage", optional: true, "Tokens, for the statistics"),
        ])
}
