extension ApiModule {
    package static let waiting = ApiModule(
        "waiting", .globals, "Waiting for time and for others",
        functions: [
            ApiFunction("sleep", [ApiParameter("duration", "nightjar.Duration", "Such as \"1s\"")], "Waits"),
            ApiFunction(
                "all", [ApiParameter("functions", "(fun(): any)[]", "Each runs on its own")], returns: ["any ..."],
                "Runs functions at once, waits for all, and returns the first result of each; when one fails, the others are cancelled"),
        ])
}
