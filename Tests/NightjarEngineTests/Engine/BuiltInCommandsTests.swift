import NightjarEngine
import NightjarTesting
import Testing

@Suite struct BuiltInCommandsTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    /// Says `text` and gives what was answered to it.
    private func answer(_ engine: EngineFixture, _ text: String, as user: String = "ann", in channel: String = "#ops") async throws -> String {
        let before = engine.platform.texts.count
        try await engine.say(text, as: user, in: channel)
        return engine.platform.texts.dropFirst(before).joined(separator: "\n---\n")
    }

    @Test func `/run agent answers at once, and the completion comes as its own message`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)))) { engine in
            let started = try await answer(engine, "/run agent helper check the backups")
            let task = try await engine.tasks()[0]
            #expect(started == "✓ Task started: \(task.id)")
            #expect(task.input == "check the backups")
            text.say("fine")
            text.end()
            await engine.settle()
            #expect(engine.platform.texts.last == "✅ Task completed: \(task.id) (helper)\n\nfine")
        }
    }

    @Test func `/run takes priority and metadata as flags before the name`() async throws {
        try await withEngine(.helper(ScriptedModel(), settings: quiet)) { engine in
            try await engine.say("/run --priority=high --ticket=42 agent HELPER x")
            let task = try await engine.tasks()[0]
            #expect(task.priority == .high)
            #expect(task.metadata == ["ticket": "42"])
            #expect(task.agent == "helper")
        }
    }

    @Test func `/status and /list tasks show the replies that were given up, each to whom they were for`() async throws {
        let settings = EngineSettings(autoAcknowledge: false, admins: ["test:root"])
        try await withEngine(.helper(ScriptedModel(), settings: settings)) { engine async throws in
            engine.platform.fail(with: DeliveryError("no such channel", isRetryable: false))
            try await engine.say("/run agent helper x", in: "#gone")
            let id = try await engine.tasks()[0].id
            let line = "Replies given up:\n• test:#gone, 2026-01-01 00:00:00 UTC: no such channel"
            for command in ["/status task \(id)", "/list tasks"] {
                for user in ["ann", "root"] {
                    let text = try await answer(engine, command, as: user)
                    #expect(text.contains(line), "\(text)")
                }
            }
            let stranger = try await answer(engine, "/list tasks", as: "bob")
            #expect(!stranger.contains("given up"))
            try await engine.say("/run agent helper y")
            let fine = try await answer(engine, "/status task \(try await engine.tasks()[1].id)")
            #expect(!fine.contains("given up"))
        }
    }

    @Test func `A plain message that nobody answers hears what to type and what to declare`() async throws {
        var definitions = Definitions.helper(ScriptedModel())
        definitions.settings.defaultAgent = nil
        try await withEngine(definitions) { engine in
            let text = try await answer(engine, "good morning")
            #expect(text.contains("nobody here answers plain messages") && text.contains("/help"))
            #expect(text.contains("settings { default_agent = \"…\" }"), "\(text)")
        }
    }

    @Test func `/run of an unknown agent names the nearest`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            let text = try await answer(engine, "/run agent helpr x")
            #expect(text.contains("helpr"))
            #expect(text.contains("helper"))
            #expect(try await engine.tasks().isEmpty)
        }
    }

    @Test func `/run with an unknown priority says which there are`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine async throws in
            #expect(try await answer(engine, "/run --priority=urgent agent helper x").contains("high, normal or low"))
        }
    }

    @Test func `/status shows a task in every state, by any prefix of its id`() async throws {
        let model = ScriptedModel(.hangs, .answer("the output"), .failure(ModelError(.request, "refused", isRetryable: false)))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            for number in 0..<3 { try await engine.say("/run agent helper \(number)") }
            let ids = try await engine.tasks().map(\.id.rawValue)
            #expect(try await answer(engine, "/status task \(ids[0].prefix(4))").hasPrefix("▶️ Task Status"))
            let done = try await answer(engine, "/status task \(ids[1].uppercased())")
            #expect(done.hasPrefix("✅ Task Status"))
            #expect(done.contains("Output:\nthe output"))
            #expect(try await answer(engine, "/status task \(ids[2])").contains("model_error: refused"))
            _ = try await answer(engine, "/cancel task \(ids[0])")
            #expect(try await answer(engine, "/status task \(ids[0])").hasPrefix("🚫 Task Status"))
        }
    }

    @Test func `/status of nothing says so`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine async throws in
            #expect(try await answer(engine, "/status task zzzzzzzzzzzz").contains("there is no task zzzzzzzzzzzz"))
            #expect(try await answer(engine, "/status task zz").contains("too short"))
        }
    }

    @Test func `/list tasks counts the states and shows ten active ones`() async throws {
        var settings = quiet
        settings.maxTasksPerUser = 100
        try await withEngine(.helper(ScriptedModel(.answer("x"), otherwise: .hangs), settings: settings)) { engine in
            for number in 0..<14 { try await engine.say("/run agent helper n\(number)") }
            let list = try await answer(engine, "/list tasks")
            #expect(list.contains("Pending: 3"))
            #expect(list.contains("Running: 10"))
            #expect(list.contains("Completed: 1"))
            #expect(list.contains("… and 3 more"))
            #expect(list.contains("max concurrent 10, free 0"))
        }
    }

    @Test func `/list tasks shows those that ended last, the latest first, and only one's own`() async throws {
        let slow = ReleasedText()
        let model = ScriptedModel(.speaks(slow), .answer("quick"), .answer("theirs"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper slow one")
            try await engine.say("/run agent helper quick one")
            try await engine.say("/run agent helper secret", as: "bob")
            await engine.advance(by: .seconds(1))
            slow.end()
            await engine.settle()
            let ids = try await engine.tasks().map(\.id)
            let list = try await answer(engine, "/list tasks")
            #expect(list.contains("Recently finished:\n✅ \(ids[0]) helper: slow one\n✅ \(ids[1]) helper: quick one\n\n"))
            #expect(!list.contains("secret"))
        }
    }

    @Test func `/list agents and /list triggers show what there is`() async throws {
        var definitions = Definitions.helper(ScriptedModel())
        definitions.triggers = [TriggerDefinition(name: "nightly", schedule: .every(.seconds(3600))) { _ in .none }]
        try await withEngine(definitions, runsTriggers: true) { engine async throws in
            #expect(try await answer(engine, "/list agents").contains("helper"))
            #expect(try await answer(engine, "/ls triggers").contains("nightly"))
        }
    }

    @Test func `/result shows the output alone, once there is one`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            let id = try await engine.tasks()[0].id
            #expect(try await answer(engine, "/result task \(id)").contains("has not ended yet"))
            text.say("42")
            text.end()
            await engine.settle()
            #expect(try await answer(engine, "/result task \(id)") == "42")
        }
    }

    @Test func `/result of a task that said nothing says so`() async throws {
        try await withEngine(.helper(ScriptedModel(.answer("")), settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            let id = try await engine.tasks()[0].id
            #expect(try await answer(engine, "/result task \(id)").contains("without output"))
        }
    }

    @Test func `/retry makes a new task that names the old one`() async throws {
        let model = ScriptedModel(.failure(ModelError(.request, "no", isRetryable: false)), .answer("now"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run --ticket=7 agent helper x")
            let old = try await engine.tasks()[0]
            try await engine.say("/retry task \(old.id)")
            let new = try await engine.tasks()[1]
            #expect(new.retryOf == old.id)
            #expect(new.input == "x")
            #expect(new.metadata == ["ticket": "7"])
            #expect(new.state == .completed)
            #expect(try await engine.tasks()[0].state == .failed)
        }
    }

    @Test func `/retry of an active task is refused`() async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            #expect(try await answer(engine, "/retry task \(try await engine.tasks()[0].id)").contains("has not ended yet"))
        }
    }

    @Test func `/run trigger fires it now, for admins`() async throws {
        var definitions = Definitions.helper(ScriptedModel(), settings: EngineSettings(admins: ["test:root"]))
        let fired = Recorder<Void>()
        definitions.triggers = [
            TriggerDefinition(name: "nightly", schedule: .every(.seconds(3600))) { _ in
                fired.add(())
                return .none
            }
        ]
        try await withEngine(definitions, runsTriggers: true) { engine async throws in
            #expect(try await answer(engine, "/run trigger nightly").contains("only admins may fire triggers"))
            #expect(try await answer(engine, "/run trigger nightly", as: "root").contains("fires now"))
            #expect(fired.count == 1)
            #expect(try await answer(engine, "/run trigger nigtly", as: "root").contains("nightly"))
        }
    }

    @Test func `/help lists the commands`() async throws {
        let deploy = CommandDefinition(name: "deploy", description: "Deploy a service") { _ in .none }
        try await withEngine(.helper(ScriptedModel(), commands: [deploy])) { engine in
            let help = try await answer(engine, "/help")
            #expect(help.contains("run agent"))
            #expect(help.contains("deploy"))
        }
    }
}
