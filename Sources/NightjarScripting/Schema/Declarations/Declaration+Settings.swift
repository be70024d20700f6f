extension Declaration {
    package static let settings = Declaration(
        "settings", form: .table, summary: "How the engine as a whole behaves",
        fields: [
            FieldSchema("max_concurrent", .integer(1...10_000), default: "10", "Tasks that run at once"),
            FieldSchema(
                "max_tasks_per_user", .integer(1...10_000), default: "3", "Tasks one person may have pending or running"),
            FieldSchema(
                "command_timeout", .duration(.positive), default: "\"5m\"",
                "How long a task may take from its first start, unless its agent says otherwise; and how long the handler of a command or message "
                    + "may, not counting its waits for people and agents"),
            FieldSchema("auto_ack", .boolean, default: "true", "Say that a task has started"),
            FieldSchema("verbose", .boolean, default: "false", "Add durations and token usage to completions"),
            FieldSchema("default_agent", .text, "The agent that answers messages that are no command"),
            FieldSchema("prefixes", .list(.text), default: "{}", "Command prefixes beyond each platform's own"),
            FieldSchema("retention", .table(retention), "How long finished things are kept"),
            FieldSchema(
                "admins", .list(.string(.user)), default: "{}",
                "Users such as \"slack:U123\", a * at the end allowed, who see and cancel everyone's tasks"),
            FieldSchema(
                "handler_timeout", .duration(.positive), default: "\"100ms\"",
                "CPU time a handler may use between two waits"),
            FieldSchema("api_token", .secret, "Guards the HTTP API; required unless it listens on loopback only"),
            FieldSchema("callback_hosts", .list(.text), default: "{}", "Hosts that a message's callback_url may name"),
            FieldSchema("max_session_queue", .integer(1...10_000), default: "100", "Messages that may wait in one session"),
        ])

    /// Messages are kept at least as long as their ids are remembered, or a repeated one would run twice.
    private static let retention = [
        FieldSchema("completed", .duration(.nonNegative), default: "\"1d\"", "Completed and cancelled tasks"),
        FieldSchema("failed", .duration(.nonNegative), default: "\"7d\"", "Failed tasks"),
        FieldSchema(
            "messages", .duration(.atLeast(.seconds(24 * 3600))), default: "\"1d\"", "Handled messages with their replies"),
    ]
}
