extension ApiModule {
    package static let context = ApiModule(
        "ctx", .argument, "What a handler is given: who asked, where and what, and how to answer",
        classes: [contextClass, result, event, request, file])

    private static let contextClass = ApiClass(
        "nightjar.Context", "The running handler",
        fields: [
            ApiParameter("user", "string", "Who asked, as the platform calls them"),
            ApiParameter("channel", "string", "Where"),
            ApiParameter("thread", "string", optional: true, "The thread in the channel"),
            ApiParameter("platform", "string", "The name of the platform"),
            ApiParameter("text", "string", "The whole text; in tools and hooks, the task's input"),
            ApiParameter("args", "string[]", "The words behind the command; quotes group words"),
            ApiParameter("flags", "table<string, string>", "The words such as --env=prod"),
            ApiParameter("message_id", "string", optional: true, "The message being handled"),
            ApiParameter("task", "nightjar.Task", optional: true, "The task this runs in: in tools and hooks"),
            ApiParameter("files", "nightjar.File[]", "The files that came with the message; none in tools and hooks"),
            ApiParameter("trigger", "string", optional: true, "The name of the trigger that fired"),
            ApiParameter("request", "nightjar.WebhookRequest", optional: true, "In on_webhook: the request"),
            ApiParameter("event", "nightjar.HookEvent", optional: true, "In hooks: what happens"),
        ],
        methods: [
            ApiFunction("reply", [text], "Answers where the question came from"),
            ApiFunction(
                "post", [ApiParameter("channel", "string", "Such as \"slack:#ops\""), text],
                "Sends a message without an agent"),
            ApiFunction(
                "ask",
                [
                    ApiParameter("question", "string", "In Markdown"),
                    ApiParameter("choices", "string[]", "Between 1 and 10, up to 75 characters each"),
                    ApiParameter("timeout", "string|number", optional: true, "How long to wait, such as \"30m\"; 8 hours otherwise, a week at most"),
                ], returns: ["string?"],
                "Asks whoever started this, with buttons where the platform has them, and waits; nil when nobody chose in time"),
            ApiFunction(
                "read", [ApiParameter("file", "nightjar.File", "One of ctx.files")], returns: ["string"],
                "Reads a file from its platform; fails when it is gone, or larger than 20 MiB"),
            ApiFunction(
                "upload",
                [ApiParameter("file", "{ name: string, content: string, type?: string, title?: string, text?: string }", "text is a comment")],
                "Sends a file where the question came from, at most 10 MiB"),
            ApiFunction("run", [agent, input], returns: ["nightjar.RunResult"], "Submits a task and waits for its result"),
            ApiFunction("start", [agent, input], returns: ["string"], "Submits a task and returns its id at once"),
            ApiFunction("send", [text], "Puts a message into the agent's session, as the trigger's delivery says"),
            ApiFunction("send_when_idle", [text], "Puts a message into the agent's session once that is idle"),
            ApiFunction("is_idle", returns: ["boolean"], "Whether the agent's session is idle"),
            ApiFunction(
                "fail", [ApiParameter("reason", "string", optional: true, "Shown to whoever asked")],
                "Ends the handler with a refusal"),
        ])

    private static let text = ApiParameter("text", "string", "In Markdown")
    private static let agent = ApiParameter("agent", "string", "The agent's name")
    private static let input = ApiParameter("input", "string", "What it is asked")

    private static let result = ApiClass(
        "nightjar.RunResult", "What a task came to",
        fields: [
            ApiParameter("id", "string", "The task's id"),
            ApiParameter("text", "string", "The answer"),
            ApiParameter("usage", "nightjar.Usage", "The tokens it took"),
            ApiParameter("duration", "number", "Seconds from its start to its end"),
        ])

    private static let request = ApiClass(
        "nightjar.WebhookRequest", "A request to a path of on_webhook",
        fields: [
            ApiParameter("method", "string", "POST"),
            ApiParameter("path", "string", "As it was declared"),
            ApiParameter("query", "table<string, string>", "What stood behind the ?"),
            ApiParameter("headers", "table<string, string>", "Names in lower case; without the token"),
            ApiParameter("body", "string", "As it came"),
            ApiParameter("json", "any", optional: true, "The body, if it is JSON"),
        ])

    private static let file = ApiClass(
        "nightjar.File", "A file that came with a message",
        fields: [
            ApiParameter("name", "string", "As the sender named it"),
            ApiParameter("type", "string", "Its media type, such as text/csv"),
            ApiParameter("size", "integer", optional: true, "In bytes, where the platform tells"),
            ApiParameter("number", "integer", "Its place in ctx.files"),
        ])

    private static let event = ApiClass(
        "nightjar.HookEvent", "What a hook is told",
        fields: [
            ApiParameter("point", "string", "The hook's point, such as pre_tool"),
            ApiParameter("task", "nightjar.Task", "The task in which it happens"),
            ApiParameter("input", "string", "The task's input, the turn's last message, or the tool's arguments as JSON"),
            ApiParameter("tool", "string", optional: true, "For tools: which"),
            ApiParameter("iteration", "integer", optional: true, "For turns: counts from 1"),
            ApiParameter("output", "string", optional: true, "Afterwards: the answer, or the tool's result"),
            ApiParameter("error", "nightjar.Error", optional: true, "Afterwards: why it failed"),
            ApiParameter("duration_ms", "integer", optional: true, "Afterwards: how long it took"),
        ])
}
