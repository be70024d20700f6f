/// An error as a person is told it.
public struct ReplyError: Codable, Sendable, Equatable, Error {
    /// The four levels: the first two are answered at once, the third comes as its own message,
    /// the last is logged and the delivery is tried again.
    public enum Level: String, Codable, Sendable, CaseIterable {
        case parse
        case validation
        case execution
        case platform
    }

    public var level: Level
    /// A stable word: `unknown_command`, `over_quota`, `timeout`, …
    public var code: String
    public var message: String
    /// What to do next: a usage line, the nearest names.
    public var hint: String?

    public init(level: Level, code: String, message: String, hint: String? = nil) {
        self.level = level
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The message with its hint, for places that know no levels.
    public var text: String { hint.map { "\(message) \($0)" } ?? message }

    /// The user has as many active tasks as one may have.
    public static func overQuota(active: Int) -> ReplyError {
        ReplyError(
            level: .validation, code: "over_quota",
            message: "You have \(active) tasks pending or running, which is as many as one person may have.",
            hint: "Wait for one to end, or /cancel one; /list tasks shows them.")
    }
}
