extension ApiModule {
    package static let log = ApiModule(
        "log", .table, "Lines in the engine's log",
        functions: ["debug", "info", "warn", "error"].map { level in
            ApiFunction(
                level,
                [
                    ApiParameter("text", "string", "Always the same for the same event"),
                    ApiParameter("fields", "table<string, any>", optional: true, "What differs from time to time"),
                ],
                "Writes a line of the level \(level)")
        })
}
