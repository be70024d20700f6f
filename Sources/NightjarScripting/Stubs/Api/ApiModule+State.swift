extension ApiModule {
    package static let state = ApiModule(
        "state", .value(of: "nightjar.State"), "A table that survives reloads and restarts: data only",
        classes: [
            ApiClass(
                "nightjar.State", "The durable table; what is read from it cannot be changed",
                fields: [
                    ApiParameter("[string]", "any", "Your own keys"),
                    ApiParameter(
                        "update", "fun(key: string, change: fun(value: any): any): any",
                        "Changes one key in one step; handlers that do it at once do not overwrite each other"),
                    ApiParameter("keys", "fun(): string[]", "The keys that are there"),
                ])
        ])
}
