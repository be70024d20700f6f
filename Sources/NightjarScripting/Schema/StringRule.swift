/// What text must look like beyond being text.
package enum StringRule: Sendable, Equatable, CaseIterable {
    case any
    /// Not empty, and not white space alone.
    case filled
    /// The path of a URL, from its `/`.
    case path
    /// An address with `http://` or `https://` and a host.
    case url
    /// The name of a tool; those of MCP servers are refused until there is a client for them.
    case toolName
    /// A user with the platform they are on, as `slack:U123`, a `*` at the end allowed.
    case user

    /// What is wrong with the text, to follow the quoted key; nil when it is fine.
    func problem(with text: String) -> String? {
        switch self {
        case .any: return nil
        case .filled: return Self.emptiness(of: text)
        case .path:
            guard text.hasPrefix("/"), !text.contains(where: { $0.isWhitespace || $0 == "?" || $0 == "#" }) else {
                return "must be \(expectation), not \(Quoted.text(text))"
            }
            return nil
        case .url: return Self.isAddress(text) ? nil : "must be \(expectation), not \(Quoted.text(text))"
        case .toolName:
            if text.hasPrefix(NotThereYet.mcpPrefix) { return "cannot be \(Quoted.text(text)): \(NotThereYet.mcpMessage)" }
            return Self.emptiness(of: text)
        case .user:
            guard !Self.namesPlatform(text) else { return nil }
            return "cannot be \(Quoted.text(text)): write it as platform:user, like \"webhook:ann\""
        }
    }

    /// What the text must be, to follow "must be".
    var expectation: String {
        switch self {
        case .any, .filled, .toolName: "a string"
        case .path: "a path such as \"/in\""
        case .user: "a user such as \"webhook:ann\""
        case .url: "an address such as \"http://127.0.0.1:8080\""
        }
    }

    private static func namesPlatform(_ text: String) -> Bool {
        guard text != "*" else { return true }
        let parts = text.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && !text.hasPrefix(":")
    }

    private static func emptiness(of text: String) -> String? {
        text.allSatisfy(\.isWhitespace) ? "must not be empty" : nil
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else { return false }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return !host.isEmpty && host.first != ":" && !text.contains(where: \.isWhitespace)
    }
}
