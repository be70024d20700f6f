/// External commands on behalf of scripts.
public protocol ProcessRunner: Sendable {
    /// Runs a program without a shell and waits for its end. On time-out or cancellation the whole process group is ended,
    /// politely first.
    /// - Throws: ``EffectError``; `CancellationError`. A non-zero exit is not an error.
    func run(_ command: ProcessCommand) async throws -> ProcessOutcome
}
