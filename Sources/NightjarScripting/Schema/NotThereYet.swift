/// Names of the API that are settled but not built: using one is refused with an error that says so, not with "unknown".
package enum NotThereYet {
    static let mcpPrefix = "mcp:"
    static let mcpMessage = "tools of MCP servers are not there yet"

    /// Globals, with what to use meanwhile.
    package static let globals: [String: String] = [
        "cron": "use every, after or at",
        "on_file_change": "use every, and look at the files yourself",
        "policy": "give each agent only the tools it may use",
    ]
    /// The error for a global; nil for other names.
    package static func message(forGlobal name: String) -> String? {
        globals[name].map { "'\(name)' is not there yet; \($0)" }
    }
}
