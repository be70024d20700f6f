/// A command that the scripts add.
public struct CommandDefinition: Sendable {
    public var name: String
    public var description: String
    /// How it is typed, shown when an argument is missing: `/deploy <service> [--env=prod]`.
    public var usage: String?
    public var aliases: [String]
    public var allow: AllowList
    public var run: @Sendable (HandlerContext) async throws -> HandlerResult

    public init(
        name: String, description: String = "", usage: String? = nil, aliases: [String] = [], allow: AllowList = AllowList(),
        run: @escaping @Sendable (HandlerContext) async throws -> HandlerResult
    ) {
        self.name = name
        self.description = description
        self.usage = usage
        self.aliases = aliases
        self.allow = allow
        self.run = run
    }
}
