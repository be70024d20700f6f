/// Names of the API that are settled but not built: using one is refused with an error that says so, not with "unknown".
package enum NotThereYet {
    static let mcpPrefix = "mcp:"
    static let mcpMessage = "tools of MCP servers are not there yet"

    /// Globals, with what to use meanwhile.
    package static let globals: [String: String] = [
        "cron": "use every, after or at",
        "on_webhook": "the platform \"webhook\" takes messages over HTTP",
        "on_file_change": "use every, and look at the files yourself",
        "policy": "give each agent only the tools it may use",
    ]
    /// Methods of `ctx`, likewise.
    package static let contextMethods: [String: String] = [
        "ask": "answer with ctx:reply, and let a command take the decision"
    ]
    /// The error for a global or a `ctx` method; nil for other names.
    package static func message(forGlobal name: String) -> String? {
        globals[name].map { "'\(name)' is not there yet; \($0)" }
    }

    package static func message(forContextMethod name: String) -> String? {
        contextMethods[name].map { "'ctx:\(name)' is not there yet; \($0)" }
    }
}
