extension ApiModule {
    package static let tasks = ApiModule(
        "tasks", .table, "The engine's tasks",
        functions: [
            ApiFunction("get", [id], returns: ["nightjar.Task?"], "A task; nil when there is none"),
            ApiFunction(
                "list", [ApiParameter("filter", "nightjar.TaskFilter", optional: true, "Which ones")],
                returns: ["nightjar.Task[]", "string?"], "Tasks, newest first, and the cursor of the next page if there is one"),
            ApiFunction(
                "cancel", [id], returns: ["boolean", "string?"],
                "Stops a pending or running task; false and its state when it has ended already"),
        ],
        classes: [task, filter, usage, error, overview, deadLetter])

    private static let id = ApiParameter("id", "string", "A task's id, or a beginning of at least 4 characters")

    private static let task = ApiClass(
        "nightjar.Task", "A task",
        fields: [
            ApiParameter("id", "string", "12 characters"),
            ApiParameter("state", "\"pending\"|\"running\"|\"completed\"|\"failed\"|\"cancelled\"", "How far it is"),
            ApiParameter("agent", "string", "Who does it"),
            ApiParameter("user", "string", "For whom, as \"slack:U123\""),
            ApiParameter("priority", "\"high\"|\"normal\"|\"low\"", "Which task goes first"),
            ApiParameter("input", "string", "What was asked"),
            ApiParameter("output", "string", optional: true, "The answer"),
            ApiParameter("error", "nightjar.Error", optional: true, "Why it failed"),
            ApiParameter("attempt", "integer", "How often it was started"),
            ApiParameter("retry_of", "string", optional: true, "The task that it repeats"),
            ApiParameter("metadata", "table<string, string>", "What it was submitted with"),
            ApiParameter("usage", "nightjar.Usage", "The tokens it took"),
            ApiParameter("queued_ms", "integer", "How long it waited for its start"),
            ApiParameter("ran_ms", "integer", optional: true, "How long it has run"),
            ApiParameter("created_at", "string", "In ISO 8601"),
            ApiParameter("started_at", "string", optional: true, "In ISO 8601"),
            ApiParameter("finished_at", "string", optional: true, "In ISO 8601"),
            ApiParameter("verbose", "boolean", "Whether settings ask for usage and durations"),
            ApiParameter(
                "undelivered", "nightjar.DeadLetter[]", optional: true, "In the status formatter: replies about it that were given up"),
        ])

    private static let filter = ApiClass(
        "nightjar.TaskFilter", "Which tasks to list",
        fields: [
            ApiParameter("state", "string|string[]", optional: true, "In this state, or in one of several"),
            ApiParameter("user", "string", optional: true, "Of this person, as \"slack:U123\""),
            ApiParameter("limit", "integer", optional: true, "At most so many"),
            ApiParameter("cursor", "string", optional: true, "Where the page before ended"),
        ])

    private static let usage = ApiClass(
        "nightjar.Usage", "Tokens",
        fields: [ApiParameter("input", "integer", "Read"), ApiParameter("output", "integer", "Written")])

    private static let error = ApiClass(
        "nightjar.Error", "What went wrong",
        fields: [
            ApiParameter("code", "string", "For programs: a short word such as timeout"),
            ApiParameter("message", "string", "For people"),
            ApiParameter("level", "string", optional: true, "In formatters: parse, validation, execution or platform"),
            ApiParameter("hint", "string", optional: true, "In formatters: what to do next"),
        ])

    private static let overview = ApiClass(
        "nightjar.TaskOverview", "The list of tasks, as a formatter is given it",
        fields: [
            ApiParameter("counts", "table<string, integer>", "How many tasks are in each state"),
            ApiParameter("active", "nightjar.Task[]", "The first active tasks"),
            ApiParameter("more", "integer", "Active tasks beyond those"),
            ApiParameter("finished", "nightjar.Task[]", "The last finished tasks, the latest first, without their outputs"),
            ApiParameter("max_concurrent", "integer", "Tasks that may run at once"),
            ApiParameter("free", "integer", "Tasks that could start now"),
            ApiParameter("undelivered", "nightjar.DeadLetter[]", optional: true, "The last replies that were given up, newest first"),
        ])

    private static let deadLetter = ApiClass(
        "nightjar.DeadLetter", "A reply that was given up",
        fields: [
            ApiParameter("to", "string", "Where it was meant to go, as \"slack:#ops\""),
            ApiParameter("error", "string", "Why the last attempt failed"),
            ApiParameter("created_at", "string", "In ISO 8601"),
        ])
}
