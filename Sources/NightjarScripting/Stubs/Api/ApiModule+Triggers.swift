extension ApiModule {
    package static let triggers = ApiModule(
        "triggers", .table, "The triggers that are declared",
        functions: [
            ApiFunction("list", returns: ["nightjar.TriggerSummary[]"], "All triggers"),
            ApiFunction("pause", [name], "Stops it from firing until it is resumed"),
            ApiFunction("resume", [name], "Lets it fire again"),
            ApiFunction("run_now", [name], returns: ["\"started\"|\"queued\"|\"refused\""], "Fires it once, now"),
        ],
        classes: [
            ApiClass(
                "nightjar.TriggerSummary", "A trigger",
                fields: [
                    ApiParameter("name", "string", "Its name"),
                    ApiParameter("schedule", "string", "In words, such as every 5m"),
                    ApiParameter("path", "string", optional: true, "Where requests fire it: of an on_webhook alone"),
                    ApiParameter("paused", "boolean", "Whether it is paused"),
                    ApiParameter("resting", "boolean", "Whether no triggers run here: in nightjar chat"),
                    ApiParameter("next", "string", optional: true, "When it fires next, in ISO 8601"),
                    ApiParameter("last", "string", optional: true, "When it fired last, in ISO 8601"),
                    ApiParameter("firings", "integer", "How often it has fired"),
                    ApiParameter("failures", "integer", "How often it has failed"),
                    ApiParameter("skipped", "integer", "Firings that another stood in for"),
                    ApiParameter("dropped", "integer", "Firings given up"),
                    ApiParameter("misfires", "integer", "Firings missed by more than the grace"),
                    ApiParameter("late", "integer", "Firings that began late"),
                ])
        ])

    private static let name = ApiParameter("name", "string", "The trigger's name")
}
