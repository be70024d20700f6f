/// Why a task failed, for people and programs.
public struct TaskFailure: Codable, Sendable, Hashable, Error {
    /// A stable word: `timeout`, `model_error`, `script_error`, `poison`, …
    public var code: String
    /// What happened and what to do next, in a sentence; never a secret, never a stack trace.
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    /// Why a task is given up that processes keep dying of.
    static func poison(lostLeases: Int) -> TaskFailure {
        TaskFailure(
            code: "poison",
            message: "The engine has stopped \(lostLeases) times while it ran this task, so it is not started again. "
                + "Look for crashes in the engine's log before you retry it.")
    }
}
