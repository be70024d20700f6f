/// A script's mistake at run time, told with its place.
///
/// People in a chat see ``message`` and ``location``; the log has the traceback.
public struct ScriptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable word: `script_error`, `script_timeout`, `script_memory`, `script_overflow`, `script_stuck`, `script_interrupted`,
    /// `unknown_agent`, or the code of a host error.
    public var code: String
    public var message: String
    /// `file:line`, relative to the project.
    public var location: String?
    public var traceback: String

    public init(code: String = "script_error", message: String, location: String? = nil, traceback: String = "") {
        self.code = code
        self.message = message
        self.location = location
        self.traceback = traceback
    }

    /// A name that the script got wrong.
    init(_ error: ReplyError) {
        self.init(code: error.code, message: error.text)
    }

    /// What the log shows beside an error; empty for those that no script made.
    static func traceback(of error: any Error) -> String { (error as? ScriptError)?.traceback ?? "" }

    public var description: String {
        location.map { message.hasPrefix($0) ? message : "\($0): \(message)" } ?? message
    }
}
