/// A command that was understood: its form is right, but whether its agent, task or trigger exists is not known yet.
public struct Command: Sendable, Equatable {
    public enum Verb: Sendable, Hashable {
        case builtIn(BuiltInVerb)
        /// A script's command by its own name, also when an alias was typed.
        case script(String)
    }

    public var verb: Verb
    /// Set for every built-in command but `help`.
    public var target: CommandTarget?
    /// The arguments without flags. `run`: the name; `status`, `cancel`, `retry`, `result`: the id, in lower case;
    /// `list`, `help` and scripts' commands: all there are.
    public var arguments: [String]
    /// A flag without a value is `"true"`.
    public var flags: [String: String]
    /// Text as it was typed. `run agent`: the input behind the name, one outer pair of quotes removed; else everything
    /// behind the verb.
    public var rest: String
    /// The prefix that was typed, for usage lines in answers.
    public var prefix: CommandPrefix

    public init(
        verb: Verb, target: CommandTarget? = nil, arguments: [String] = [], flags: [String: String] = [:], rest: String = "",
        prefix: CommandPrefix
    ) {
        self.verb = verb
        self.target = target
        self.arguments = arguments
        self.flags = flags
        self.rest = rest
        self.prefix = prefix
    }
}
