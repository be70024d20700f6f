extension ApiModule {
    package static let environment = ApiModule(
        "secret", .globals, "Secrets and the environment, also while scripts load",
        functions: [
            ApiFunction(
                "secret", [ApiParameter("name", "string", "Of an environment variable, or of a file in the folder of secrets")],
                returns: ["nightjar.Secret"], "A value that can be passed on, but not read")
        ],
        classes: [
            ApiClass(
                "nightjar.Secret", "Text that must not be seen; joined with text by .. it gives another secret",
                operators: ["concat(string): nightjar.Secret"]),
            ApiClass(
                "nightjar.Environment", "The environment's variables by name",
                fields: [ApiParameter("[string]", "string?", "A variable")],
                operators: ["call(string): string?"]),
        ])

    package static let variables = ApiModule(
        "env", .value(of: "nightjar.Environment"), "The variables of the environment, also while scripts load: env.HOME")
}
