import NightjarEngine
import Subprocess

/// Names what went wrong with a script's command. Pure; arguments are not shown, since they may hold a secret.
enum SubprocessFailure {
    static func timeout(_ command: ProcessCommand) -> EffectError {
        EffectError(
            code: "timeout",
            message: "exec: \(program(command)) took longer than \(DurationText.format(command.timeout)) and was ended; "
                + "give it a longer timeout")
    }

    static func explain(_ error: SubprocessError, _ command: ProcessCommand, directory: String?) -> EffectError {
        switch error.code {
        case .executableNotFound where program(command).contains("/"):
            EffectError(code: "not_found", message: "exec: there is no program at \(program(command)), or it may not be executed")
        case .executableNotFound:
            EffectError(
                code: "not_found", message: "exec: \(program(command)) was not found in PATH; install it or give its full path")
        case .failedToChangeWorkingDirectory:
            EffectError(
                code: "not_found",
                message: "exec: \(program(command)) cannot run in the folder \(directory ?? "."): "
                    + "it does not exist or is closed to us")
        default:
            EffectError(code: "failed", message: "exec: \(program(command)) could not be run: \(error.description)")
        }
    }

    private static func program(_ command: ProcessCommand) -> String {
        command.arguments.first ?? ""
    }
}
