extension Declaration {
    /// `generic` is another name of `webhook`.
    package static let formatter = Declaration(
        "formatter", form: .named(.oneOf(["discord", "generic", "slack", "telegram", "terminal", "webhook", "whatsapp"])),
        summary: "How the engine's messages look on one platform; what is not given looks as usual",
        fields: [
            field("text", "message", "string", "Answers of agents and commands"),
            field("success", "message", "string", "The engine's own confirmations"),
            field("error", "err", "nightjar.Error", "Errors"),
            field("task_started", "task", "nightjar.Task", "A task has started"),
            field("task_completed", "task", "nightjar.Task", "A task has completed"),
            field("task_failed", "task", "nightjar.Task", "A task has failed"),
            field("task_cancelled", "task", "nightjar.Task", "A task was cancelled"),
            field("status", "task", "nightjar.Task", "The status of a task"),
            field("list", "overview", "nightjar.TaskOverview", "The list of tasks"),
            field("agents", "agents", "nightjar.AgentSummary[]", "The list of agents"),
            field("triggers", "triggers", "nightjar.TriggerSummary[]", "The list of triggers"),
            field("help", "help", "table", "The help page"),
            field("question", "question", "table", "A question of ctx:ask: its text and choices"),
        ])

    private static func field(_ key: String, _ parameter: String, _ type: String, _ summary: String) -> FieldSchema {
        FieldSchema(key, .function(FunctionShape([parameter: type], returns: "string|table|nil")), summary)
    }
}
