import NightjarEngine
import Testing

@testable import NightjarEffects

/// Time-outs and cancellation: all of a command's processes end.
@Suite(.timeLimit(.minutes(1)))
struct SubprocessRunnerEndingTests {
    private let runner = SubprocessRunner(grace: .milliseconds(100))

    /// What a command does once it has told, through descriptor 9, that it is under way.
    static let stubborn = [
        "sleep 1000",
        "sleep 1000 & wait",
        "trap '' TERM; while :; do sleep 1000; done",
        "(trap '' TERM; while :; do sleep 1000; done) & wait",
        "exec >&- 2>&- 0<&-; sleep 1000",
        "yes",
        "yes >/dev/null & exec cat /dev/zero >&2",
    ]

    private func command(_ fifo: Fifo, _ script: String, timeout: Duration) -> ProcessCommand {
        ProcessCommand(
            arguments: ["sh", "-c", "exec 9>\"$FIFO\"; echo started >&9; " + script], environment: ["FIFO": fifo.path],
            timeout: timeout)
    }

    @Test(arguments: stubborn) func timeoutEndsTheWholeGroup(script: String) async throws {
        try await withScratchFolder { folder in
            let fifo = try Fifo(in: folder)
            let error = await #expect(throws: EffectError.self) {
                try await runner.run(command(fifo, script, timeout: .milliseconds(500)))
            }
            #expect(error?.code == "timeout")
            #expect(error?.message == "exec: sh took longer than 500 ms and was ended; give it a longer timeout")
            // On a busy machine the time may be up before the shell has written anything; what matters is that the pipe ends.
            #expect("started\n".hasPrefix(await fifo.rest()))
        }
    }

    @Test(arguments: stubborn) func cancelEndsTheWholeGroup(script: String) async throws {
        try await withScratchFolder { folder in
            let fifo = try Fifo(in: folder)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await runner.run(command(fifo, script, timeout: .seconds(600)))
                    }
                }
                #expect(await fifo.next() == "started\n")
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(await fifo.rest() == "")
        }
    }

    @Test func theCommandIsAskedPolitelyFirst() async throws {
        try await withScratchFolder { folder in
            let fifo = try Fifo(in: folder)
            let runner = SubprocessRunner(grace: .seconds(30))
            let script = "trap 'echo cleaned >&9; exit' TERM; echo armed >&9; while :; do sleep 0.01; done"
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await runner.run(command(fifo, script, timeout: .seconds(600)))
                    }
                }
                var told = ""
                while !told.hasSuffix("armed\n") { told += await fifo.next() }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(await fifo.rest() == "cleaned\n")
        }
    }

    @Test func cancelledBeforeItBeganNothingRuns() async throws {
        try await withScratchFolder { folder in
            let fifo = try Fifo(in: folder)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await runner.run(command(fifo, "", timeout: .seconds(600)))
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(await fifo.rest() == "")
        }
    }
}
