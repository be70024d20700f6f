/// What went wrong with a trigger, and what a person can do about it. A handler that fails is none of this: it is logged and counted.
public struct TriggerError: Error, Sendable, CustomStringConvertible {
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public var description: String
        public init(_ description: String) { self.description = description }

        /// The runner runs already.
        public static let alreadyStarted = Code("trigger_already_started")
        /// No trigger has this name.
        public static let unknown = Code("trigger_unknown")
        /// A period, delay, moment or option that cannot work, or a name used twice.
        public static let invalid = Code("trigger_invalid")
    }

    public var code: Code
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    static let alreadyStarted = TriggerError(
        .alreadyStarted, "the triggers are running already; stop them before starting them again")

    static func unknown(_ name: String) -> TriggerError {
        TriggerError(.unknown, "there is no trigger \"\(name)\"; list the triggers to see their names")
    }

    static func invalid(_ name: String, _ problem: String) -> TriggerError {
        TriggerError(.invalid, "trigger \"\(name)\": \(problem)")
    }
}
