/// Something wrong with a script, found while it was loaded, told with its place.
public struct ScriptProblem: Sendable, Hashable, Codable {
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The generation cannot be used.
        case error
        /// It can, but something in it will not work as written.
        case warning
    }

    /// Relative to the project; empty where the problem is with the project as a whole.
    public var file: String
    /// Counted from 1; 0 where the problem is with the file as a whole.
    public var line: Int
    /// Begins with what the problem is about: `agent "triage": unknown key 'modle' (did you mean 'model'?)`.
    public var message: String
    public var severity: Severity
    /// The line before, the line with a marker, and the line after, each numbered; nil when the source is not at hand.
    public var excerpt: String?

    public init(file: String, line: Int, message: String, severity: Severity = .error, excerpt: String? = nil) {
        self.file = file
        self.line = line
        self.message = message
        self.severity = severity
        self.excerpt = excerpt
    }

    /// `file:line: message` on one line; what is about no file or no line of it says less.
    public var summary: String { "\(place)\(severity == .warning ? "warning: " : "")\(message)" }

    /// For a log, whose level tells the severity.
    public var logText: String { Self.text("\(place)\(message)", excerpt) }

    private var place: String { file.isEmpty ? "" : line == 0 ? "\(file): " : "\(file):\(line): " }

    private static func text(_ summary: String, _ excerpt: String?) -> String { excerpt.map { "\(summary)\n\($0)" } ?? summary }
}

extension ScriptProblem: CustomStringConvertible {
    /// The summary with the excerpt below it, without colours.
    public var description: String { Self.text(summary, excerpt) }
}

extension ScriptProblem: Comparable {
    /// By file, then line; problems of one line by their text, errors before warnings.
    public static func < (left: ScriptProblem, right: ScriptProblem) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.line != right.line { return left.line < right.line }
        if left.severity != right.severity { return left.severity == .error }
        return left.message < right.message
    }
}
