import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// The platform at work: polling, and what it registers with Telegram.
@Suite struct TelegramRunningTests {
    typealias Fixture = TelegramFixture

    /// Runs the platform while `body` runs.
    private func running(
        _ options: [String: PlatformDefinition.Option] = [:], inlet: TelegramInletRecorder = TelegramInletRecorder(),
        prepare: @escaping @Sendable (StandInTelegram) -> Void = { _ in },
        _ body: @escaping @Sendable (TelegramFixture, TelegramInletRecorder) async throws -> Void
    ) async throws {
        try await Fixture.with(options) { telegram in
            prepare(telegram.server)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await telegram.platform.run(inlet.inlet(telegram.clock.engineClock)) }
                group.addTask { try await body(telegram, inlet) }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func pollingBringsMessagesInTheirOrder() async throws {
        try await running { telegram, inlet in
            for number in 0..<3 { telegram.server.say("message \(number)") }
            telegram.server.say("/run@nightjar_bot agent x", in: -5)
            telegram.server.say("/run@other_bot agent x", in: -5)
            telegram.server.say("last")
            try await telegram.server.wait { $0.updates.isEmpty && $0.calls(of: "getUpdates").count >= 2 }
            #expect(inlet.texts == ["message 0", "message 1", "message 2", "/run agent x", "last"])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func anUpdateIsAskedForAgainUntilItIsStored() async throws {
        let inlet = TelegramInletRecorder()
        for _ in 0..<3 { inlet.failNext() }
        try await running(inlet: inlet, prepare: { $0.say("keep me") }) { telegram, inlet in
            try await telegram.server.wait { $0.updates.isEmpty }
            #expect(inlet.texts == ["keep me"])
            let offsets = telegram.server.state.calls(of: "getUpdates").map { $0.parameters["offset"] }
            #expect(offsets.prefix(5) == [nil, nil, nil, nil, 1002])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aSetWebhookIsRemovedOnce() async throws {
        try await running { telegram, inlet in
            telegram.server.say("hi")
            await inlet.taken.waitForCount(1)
            let methods = telegram.server.state.calls.map(\.method)
            #expect(methods.first == "getMe")
            #expect(methods.count { $0 == "deleteWebhook" } == 1)
            let poll = telegram.server.state.calls(of: "getUpdates").first
            #expect(poll?.parameters["allowed_updates"] == ["message", "callback_query"])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func anotherPollerIsExplainedAndOutwaited() async throws {
        let conflict = StandInTelegram.refusal(
            status: 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
        try await running(prepare: { $0.failNext("getUpdates", conflict, conflict) }) { telegram, inlet in
            telegram.server.say("hi")
            await inlet.taken.waitForCount(1)
            #expect(telegram.logText.contains("another program asks for this bot's messages"))
            #expect(telegram.clock.elapsed >= .seconds(3))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func failuresOfAllKindsAreGotOver() async throws {
        try await running(prepare: { server in
            server.failNext(
                "getUpdates", StandInTelegram.refusal(status: 500, "Internal Server Error"),
                StandInTelegram.refusal(status: 429, "Too Many Requests", retryAfter: 30), StandInAnswer(steps: [.drop]),
                StandInAnswer(steps: [.raw("{\"ok\":tr"), .drop]), StandInAnswer(steps: [.raw(#"{"ok":true,"result":{}}"#)]),
                StandInAnswer(status: 502, steps: [.raw("<html>")]))
        }) { telegram, inlet in
            telegram.server.say("hi")
            await inlet.taken.waitForCount(1)
            // 1 + 30 + 4 + 8 + 16 + 32
            #expect(telegram.clock.elapsed == .seconds(91))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func anUpdateThatCannotBeReadHoldsUpNoOther() async throws {
        let batch = #"""
            {"ok":true,"result":[{"update_id":1,"message":{"message_id":"x"}},{"update_id":2,"callback_query":5},
            {"update_id":3,"message":{"message_id":4,"chat":{"id":7},"from":{"id":7},"text":"good"}}]}
            """#
        try await running(prepare: { $0.failNext("getUpdates", StandInAnswer(steps: [.raw(batch)])) }) { telegram, inlet in
            await inlet.taken.waitForCount(1)
            #expect(inlet.texts == ["good"])
            try await telegram.server.wait { $0.calls(of: "getUpdates").contains { $0.parameters["offset"] == 4 } }
            #expect(telegram.logText.contains("cannot be read"))
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [(401, "Unauthorized"), (404, "Not Found")])
    func aTokenThatIsNoBotsEndsTheRun(status: Int, words: String) async throws {
        try await Fixture.with { telegram in
            telegram.server.failNext("getMe", StandInTelegram.refusal(status: status, words))
            let error = await #expect(throws: TelegramFailure.self) { () async throws in
                try await telegram.platform.run(TelegramInletRecorder().inlet(telegram.clock.engineClock))
            }
            #expect(error?.description.contains("is the bot_token the one that BotFather gave?") == true)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aTokenThatIsRevokedMeanwhileEndsTheRun() async throws {
        try await Fixture.with { telegram in
            telegram.server.failNext("getUpdates", StandInTelegram.refusal(status: 401, "Unauthorized"))
            await #expect(throws: TelegramFailure.self) { () async throws in
                try await telegram.platform.run(TelegramInletRecorder().inlet(telegram.clock.engineClock))
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aWebhookThatIsRefusedEndsTheRun() async throws {
        let options: [String: PlatformDefinition.Option] = [
            "mode": .string("webhook"), "secret_token": .secret(Secret("s-1")),
            "public_url": .string("http://b.example.com/webhooks/telegram"),
        ]
        try await Fixture.with(options) { telegram in
            let error = await #expect(throws: TelegramFailure.self) { () async throws in
                try await telegram.platform.run(TelegramInletRecorder().inlet(telegram.clock.engineClock))
            }
            #expect(error?.description.contains("an HTTPS URL must be provided") == true)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aPressIsAnsweredAndItsButtonsGo() async throws {
        let inlet = TelegramInletRecorder { event in
            guard case .choice(let choice) = event else { return .accepted }
            return choice.address.user == "7" ? .chosen("yes") : .refused("not yours")
        }
        try await running(inlet: inlet) { telegram, inlet in
            let question = Question(text: "Deploy?", choices: ["yes", "no"])
            _ = try await telegram.deliver(Fixture.message(.text("Deploy?"), to: -5, question: question))
            let message = try #require(telegram.server.state.answers(in: -5).first)
            telegram.server.press("yes", of: message, from: 8)
            try await telegram.server.wait { $0.notes == ["query-1": "not yours"] }
            #expect(telegram.server.state.answers(in: -5).first?.buttons.count == 2)
            telegram.server.press("yes", of: message, from: 7)
            try await telegram.server.wait { $0.notes["query-2"] == "✓ yes" && $0.answers(in: -5).first?.buttons == [] }
            #expect(telegram.server.state.answers(in: -5).first?.text == "Deploy?")
            #expect(telegram.server.state.calls(of: "editMessageReplyMarkup").count == 1)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func commandsAreRegisteredWhenTheyChange() async throws {
        let refusal = StandInTelegram.refusal(status: 500, "Internal Server Error")
        try await running(prepare: { $0.failNext("setMyCommands", refusal) }) { telegram, inlet in
            inlet.declare("run", "deploy-prod")
            try await telegram.server.wait { $0.commands.map { $0["command"] } == ["run"] }
            inlet.declare("run", "other-prod")
            inlet.declare("run", "deploy")
            try await telegram.server.wait { $0.commands.map { $0["command"] } == ["run", "deploy"] }
            #expect(telegram.server.state.calls(of: "setMyCommands").count == 3)
            #expect(telegram.logText.contains("deploy-prod"))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func commandsAreNotRegisteredInACircle() async throws {
        let options: [String: PlatformDefinition.Option] = ["mode": .string("webhook"), "secret_token": .secret(Secret("s-1"))]
        let atOnce = StandInTelegram.refusal(status: 429, "Too Many Requests", retryAfter: 0)
        let later = StandInTelegram.refusal(status: 500, "Internal Server Error")
        try await running(options, prepare: { $0.failNext("setMyCommands", atOnce, atOnce, later) }) { telegram, inlet in
            inlet.declare("run")
            try await telegram.server.wait { !$0.commands.isEmpty }
            #expect(telegram.clock.elapsed == .seconds(1 + 1 + 4))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func commandsThatTelegramNeverTakesStopNothing() async throws {
        let refusal = StandInTelegram.refusal(status: 400, "Bad Request: BOT_COMMAND_INVALID")
        try await running(prepare: { $0.failNext("setMyCommands", refusal) }) { telegram, inlet in
            inlet.declare("run")
            telegram.server.say("hi")
            await inlet.taken.waitForCount(1)
            try await telegram.server.wait { $0.calls(of: "setMyCommands").count == 1 }
            inlet.declare("run", "stop")
            try await telegram.server.wait { $0.commands.count == 2 }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func theWebhookIsRegistered() async throws {
        let options: [String: PlatformDefinition.Option] = [
            "mode": .string("webhook"), "secret_token": .secret(Secret("s-1")),
            "public_url": .string("https://b.example.com/webhooks/telegram"),
        ]
        try await running(options) { telegram, _ in
            let state = try await telegram.server.wait { $0.webhook != nil }
            #expect(state.webhook?["url"] == "https://b.example.com/webhooks/telegram")
            #expect(state.webhook?["secret_token"] == "s-1")
            #expect(state.webhook?["allowed_updates"] == ["message", "callback_query"])
            #expect(state.calls(of: "getUpdates").isEmpty)
            #expect(!telegram.logText.contains("s-1"))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aPressAtTheWebhookTakesTheButtonsAway() async throws {
        let options: [String: PlatformDefinition.Option] = ["mode": .string("webhook"), "secret_token": .secret(Secret("s-1"))]
        try await running(options) { telegram, inlet in
            let question = Question(text: "Deploy?", choices: ["yes", "no"])
            _ = try await telegram.deliver(Fixture.message(.text("Deploy?"), question: question))
            inlet.declare("run")
            // The commands are registered beside the small calls, so these are made by now or soon.
            try await telegram.server.wait { !$0.commands.isEmpty }
            let message = try #require(telegram.server.state.answers(in: 7).first)
            while telegram.server.state.answers(in: 7).first?.buttons != [] {
                let update = try #require(telegram.server.press("yes", of: message))
                let request = telegram.server.request(for: update, secret: "s-1")
                let received = PlatformRequest(
                    headers: request.headers.map { ($0.key, $0.value) }, body: Array(request.body.utf8), receivedAt: .init(milliseconds: 0))
                guard case .taken(_, let answer) = telegram.platform.receive(received) else {
                    Issue.record("it is refused")
                    return
                }
                telegram.server.hear(answer([.chosen("yes")]).body)
                #expect(telegram.server.state.notes.values.allSatisfy { $0 == "✓ yes" })
                await Task.yield()
            }
        }
    }
}
