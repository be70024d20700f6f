/// What `/help` shows: every command a person may use.
public struct HelpPage: Codable, Sendable, Equatable {
    public struct Entry: Codable, Sendable, Equatable {
        public var usage: String
        public var description: String

        public init(usage: String, description: String) {
            self.usage = usage
            self.description = description
        }
    }

    public var entries: [Entry]
    /// Who answers a message that is no command; nil when nobody does.
    public var defaultAgent: String?

    public init(entries: [Entry], defaultAgent: String?) {
        self.entries = entries
        self.defaultAgent = defaultAgent
    }
}
