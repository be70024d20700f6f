import NightjarEngine
import Testing

@testable import NightjarEffects

@Suite(.timeLimit(.minutes(1)))
struct SubprocessRunnerTests {
    private let runner = SubprocessRunner()

    private func shell(_ script: String, input: [UInt8] = [], environment: [String: String] = [:]) async throws -> ProcessOutcome {
        try await runner.run(ProcessCommand(arguments: ["sh", "-c", script], input: input, environment: environment))
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    @Test func outputErrorOutputAndStatus() async throws {
        let outcome = try await shell("echo out; echo err >&2; exit 3")
        #expect(outcome == ProcessOutcome(status: .exited(3), output: Array("out\n".utf8), errorOutput: Array("err\n".utf8)))
    }

    @Test func aSignalIsAStatus() async throws {
        #expect(try await shell("kill -9 $$").status == .signalled(9))
    }

    @Test func argumentsAreNotReadByAShell() async throws {
        let outcome = try await runner.run(ProcessCommand(arguments: ["echo", "$HOME; *", "a b"]))
        #expect(text(outcome.output) == "$HOME; * a b\n")
    }

    @Test func inputIsFedAndEnds() async throws {
        let input = Array(repeating: UInt8(ascii: "x"), count: 300_000)
        #expect(try await shell("wc -c", input: input).output.filter { $0 != UInt8(ascii: " ") } == Array("300000\n".utf8))
    }

    @Test func inputThatNobodyReadsIsNoError() async throws {
        let input = Array(repeating: UInt8(ascii: "x"), count: 3_000_000)
        #expect(try await shell("exit 0", input: input).status == .exited(0))
        #expect(try await shell("exec 0<&-; echo done", input: input).output == Array("done\n".utf8))
    }

    @Test func environmentIsAddedToOurOwn() async throws {
        let outcome = try await shell("echo $NIGHTJAR_TEST; test -n \"$PATH\" && echo path", environment: ["NIGHTJAR_TEST": "a=b"])
        #expect(text(outcome.output) == "a=b\npath\n")
    }

    @Test func signalsStartWithTheirDefaults() async throws {
        // Ignored signals would be inherited, and `yes` would complain instead of ending quietly.
        let outcome = try await shell("yes | head -n 1")
        #expect(text(outcome.output) == "y\n")
        #expect(text(outcome.errorOutput) == "")
    }

    @Test func folderOfTheCommandElseOfTheRunner() async throws {
        try await withScratchFolder { first in
            try await withScratchFolder { second in
                let runner = SubprocessRunner(directory: first)
                let inFirst = try await runner.run(ProcessCommand(arguments: ["pwd", "-P"]))
                let inSecond = try await runner.run(ProcessCommand(arguments: ["pwd", "-P"], directory: second))
                #expect(text(inFirst.output).contains(first.split(separator: "/").last ?? "?"))
                #expect(text(inSecond.output).contains(second.split(separator: "/").last ?? "?"))
            }
        }
    }

    @Test func pathsAreTakenFromTheFolder() async throws {
        try await withScratchFolder { folder in
            _ = try await shell("printf '#!/bin/sh\\necho mine\\n' > \(folder)/tool; chmod +x \(folder)/tool")
            let outcome = try await SubprocessRunner(directory: folder).run(ProcessCommand(arguments: ["./tool"]))
            #expect(text(outcome.output) == "mine\n")
        }
    }

    @Test func endlessOutputIsCutAndNeverBlocks() async throws {
        let runner = SubprocessRunner(outputBytesMax: 1000)
        let outcome = try await runner.run(
            ProcessCommand(arguments: ["sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; head -c 5000000 /dev/zero | tr '\\0' y >&2"]))
        #expect(outcome.status == .exited(0))
        #expect(outcome.output.count == 1000)
        #expect(text(outcome.output).hasSuffix("\n[output cut: 5000000 bytes printed, the limit is 1000]\n"))
        #expect(outcome.errorOutput.count == 1000)
    }

    @Test func aBackgroundProcessIsNotWaitedFor() async throws {
        let outcome = try await shell("sleep 30 & echo $!")
        let pid = try #require(Int32(text(outcome.output).trimmingPrefix { $0.isWhitespace }.prefix { $0.isNumber }))
        #expect(ProcessTable.isAlive(pid))
        ProcessTable.end(pid)
    }

    @Test func aBackgroundProcessThatPrintsWithoutEndIsNotWaitedFor() async throws {
        let outcome = try await shell("yes & echo $! >&2")
        let pid = try #require(Int32(text(outcome.errorOutput).prefix { $0.isNumber }))
        #expect(outcome.status == .exited(0))
        ProcessTable.end(pid)
    }
}
