extension ApiModule {
    package static let exec = ApiModule(
        "exec", .globals, "External programs",
        functions: [
            ApiFunction(
                "exec", [ApiParameter("command", "nightjar.Program", "The program, its arguments, and options")],
                returns: ["string", "nightjar.ProgramResult"],
                "Runs a program without a shell, and returns what it printed; one that fails is an error, unless check = false")
        ],
        classes: [command, result])

    private static let command = ApiClass(
        "nightjar.Program", "A program to run",
        fields: [
            ApiParameter("[integer]", "string|number|nightjar.Secret", "The program, looked up in PATH, and its arguments"),
            ApiParameter("stdin", "string|nightjar.Secret", optional: true, "What it reads"),
            ApiParameter("env", "table<string, string|nightjar.Secret>", optional: true, "Added to its environment"),
            ApiParameter("cwd", "string", optional: true, "Its folder; the project's otherwise"),
            ApiParameter("timeout", "nightjar.Duration", optional: true, "How long it may take; 30 s otherwise"),
            ApiParameter("check", "boolean", optional: true, "If false, the result alone is returned, whatever happened"),
        ])

    private static let result = ApiClass(
        "nightjar.ProgramResult", "How a program ended",
        fields: [
            ApiParameter("code", "integer", "Its exit code; 128 and the signal's number when a signal ended it"),
            ApiParameter("ok", "boolean", "Whether the code is 0"),
            ApiParameter("stdout", "string", "What it printed, at most 1 MiB"),
            ApiParameter("stderr", "string", "What it printed as errors, at most 1 MiB"),
        ])
}
