import NightjarEngine
import Testing

@testable import NightjarEffects

@Suite(.timeLimit(.minutes(1)))
struct SubprocessRunnerFailureTests {
    private func failure(_ command: ProcessCommand) async throws -> EffectError {
        let error = await #expect(throws: EffectError.self) { try await SubprocessRunner().run(command) }
        return try #require(error)
    }

    @Test func unknownProgram() async throws {
        #expect(
            try await failure(ProcessCommand(arguments: ["nightjar-no-such-program", "secret"]))
                == EffectError(
                    code: "not_found",
                    message: "exec: nightjar-no-such-program was not found in PATH; install it or give its full path"))
    }

    @Test func unknownPath() async throws {
        #expect(
            try await failure(ProcessCommand(arguments: ["/no/such/program"]))
                == EffectError(
                    code: "not_found", message: "exec: there is no program at /no/such/program, or it may not be executed"))
    }

    @Test func unknownFolder() async throws {
        let error = try await failure(ProcessCommand(arguments: ["ls"], directory: "/no/such/folder"))
        #expect(error.code == "not_found")
        #expect(error.message.contains("/no/such/folder"))
    }

    @Test func noProgram() async throws {
        #expect(try await failure(ProcessCommand(arguments: [])).code == "not_found")
        #expect(try await failure(ProcessCommand(arguments: [""])).code == "not_found")
    }

    @Test func unusableEnvironment() async throws {
        let error = try await failure(ProcessCommand(arguments: ["ls"], environment: ["A=B": "secret"]))
        #expect(error.code == "failed")
        #expect(!error.message.contains("secret"))
    }
}
