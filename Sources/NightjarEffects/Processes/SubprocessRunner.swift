public import NightjarEngine
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// External commands by swift-subprocess, each in a session of its own.
///
/// A command is the leader of its process group, so ending it ends what it started too: SIGTERM to the group, and when the
/// leader has gone or the grace period is over, SIGKILL to whatever is left. A process that makes a session of its own (a
/// daemon) escapes this. What a command leaves running in the background when it ends by itself is left alone.
public struct SubprocessRunner: ProcessRunner {
    private let directory: String?
    private let outputBytesMax: Int
    private let grace: Duration

    /// - Parameters:
    ///   - directory: where commands run that name no folder: the project's.
    ///   - outputBytesMax: per stream, what is kept of a command's output.
    ///   - grace: what a command has to clean up between SIGTERM and SIGKILL.
    public init(directory: String? = nil, outputBytesMax: Int = EffectLimits.outputBytesMax, grace: Duration = .seconds(2)) {
        self.directory = directory
        self.outputBytesMax = outputBytesMax
        self.grace = grace
        // Writing to a command that does not read its input must be an error here, not the end of the engine. Commands start
        // with the default again: the library resets all signals for them.
        signal(SIGPIPE, SIG_IGN)
    }

    public func run(_ command: ProcessCommand) async throws -> ProcessOutcome {
        try Task.checkCancellation()
        let configuration = try SubprocessConfiguration.make(command, directory: command.directory ?? directory, teardown: steps)
        let deadline = ContinuousClock.now + command.timeout
        do {
            let result = try await Subprocess.run(
                configuration, input: .inputWriter, output: .sequence, error: .sequence
            ) { try await supervise($0, command, deadline: deadline) }
            // A cancelled run returns like any other, with the signal that ended it.
            try Task.checkCancellation()
            guard let printed = result.closureResult else { throw SubprocessFailure.timeout(command) }
            return ProcessOutcome(
                status: .init(result.terminationStatus), output: printed.output.bytes, errorOutput: printed.errorOutput.bytes)
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            throw SubprocessFailure.explain(error, command, directory: command.directory ?? directory)
        }
    }

    private var steps: [TeardownStep] {
        [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)]
    }

    /// Feeds and drains the command until it has ended or its time is up.
    ///
    /// The library reaps the leader after this returns. Until then its process id, which is the group's, cannot be given to
    /// another process, so the group can be signalled safely.
    /// - Returns: nil when the time was up.
    private func supervise(
        _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ command: ProcessCommand,
        deadline: ContinuousClock.Instant
    ) async throws -> PrintedOutput? {
        let ending = CommandEnding()
        let reader = OutputReader(bytesMax: outputBytesMax, ending: ending)
        async let output = reader.read(execution.standardOutput)
        async let errorOutput = reader.read(execution.standardError)
        async let feeding: Void = feed(execution.standardInputWriter, command.input)
        // Signal 0 is no signal: the first step only waits for the command's own end.
        let patience = TeardownStep.send(signal: Signal(rawValue: 0), allowedDurationToNextStep: deadline - ContinuousClock.now)
        await execution.teardown(using: [patience] + steps)
        let isLate = ContinuousClock.now >= deadline
        if isLate || Task.isCancelled {
            // The leader is gone; what it had started may have ignored the first signal.
            try? execution.send(signal: .kill, toProcessGroup: true)
        }
        ending.set()
        await feeding
        let printed = PrintedOutput(output: try await output, errorOutput: try await errorOutput)
        return isLate ? nil : printed
    }

    /// A command may end, or close its input, without having read it all; that is its own affair.
    private func feed(_ writer: StandardInputWriter, _ input: [UInt8]) async {
        _ = try? await writer.write(input)
        try? await writer.finish()
    }
}
