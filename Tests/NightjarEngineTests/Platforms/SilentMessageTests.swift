import NightjarTesting
import Testing

@testable import NightjarEngine

/// Where people see that an answer is awaited, and there will be none.
@Suite struct SilentMessageTests {
    /// The routes of the messages whose waiting was ended, where such commands are said.
    private func ended(_ texts: String..., awaitsAnswers: Bool = true) async throws -> [String] {
        let commands = [
            CommandDefinition(name: "quiet") { _ in .none },
            CommandDefinition(name: "blank") { _ in .answer("") },
            CommandDefinition(name: "loud") { _ in .answer("here") },
            CommandDefinition(name: "early") { context in
                try await context.reply("here")
                return .none
            },
            CommandDefinition(name: "broken") { _ in throw HandlerFailure("no") },
        ]
        let platform = RecordingPlatform(capabilities: PlatformCapabilities(awaitsAnswers: awaitsAnswers))
        return try await withEngine(.helper(ScriptedModel(), commands: commands), platform: platform) { engine in
            for text in texts { try await engine.say(text, replyRoute: text) }
            return engine.platform.endedActivities.all
        }
    }

    @Test func `A command that says nothing ends the waiting`() async throws {
        #expect(try await ended("/quiet", "/blank") == ["/quiet", "/blank"])
    }

    @Test func `What is answered, now or later, is left alone`() async throws {
        #expect(try await ended("/loud", "/early", "/broken", "/run agent helper x", "a word", "/list agents") == [])
    }

    @Test func `Platforms that show no waiting are not asked`() async throws {
        #expect(try await ended("/quiet", awaitsAnswers: false) == [])
    }
}
