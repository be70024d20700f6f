/// Why a command ends, in words for the person who typed it.
struct CommandFailure: Error {
    var status: ExitStatus
    var message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    func exit() -> Never {
        // Script errors begin with the script's own name.
        let prefix = status == .scriptErrors ? "" : "nightjar: "
        if !message.isEmpty { StandardError.write("\(prefix)\(message)\n") }
        Process.exit(status)
    }
}
