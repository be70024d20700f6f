import NightjarEngine
import NightjarTesting
import Synchronization

/// Ends every command the same way, and remembers them.
final class ScriptedRunner: ProcessRunner {
    let commands = NightjarTesting.Recorder<ProcessCommand>()
    private let outcome = Mutex<Result<ProcessOutcome, EffectError>>(
        .success(ProcessOutcome(status: .exited(0), output: [], errorOutput: [])))

    func end(_ status: ProcessOutcome.Status, _ output: String = "", errors: String = "") {
        outcome.withLock {
            $0 = .success(ProcessOutcome(status: status, output: Array(output.utf8), errorOutput: Array(errors.utf8)))
        }
    }

    func fail(_ code: String, _ message: String) {
        outcome.withLock { $0 = .failure(EffectError(code: code, message: message)) }
    }

    func run(_ command: ProcessCommand) async throws -> ProcessOutcome {
        commands.add(command)
        return try outcome.withLock { $0 }.get()
    }
}
