import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct DiscordGatewayTests {
    /// Runs a platform with the Gateway for as long as `body` runs.
    private func run(
        _ changes: [String: PlatformDefinition.Option?] = [:], prepare: (StandInDiscord) -> Void = { _ in },
        _ body: (StandInDiscord, InletRecorder, InMemoryLogHandler) async throws -> Void
    ) async throws {
        try await StandInDiscord.withDiscord { discord in
            prepare(discord)
            let definition = DiscordFixture.definition(
                ["gateway": .bool(true), "public_key": nil, "api_url": .string(discord.apiURL)].merging(changes) { $1 })
            let log = InMemoryLogHandler()
            let platform = DiscordPlatform(
                try DiscordOptions(definition),
                PlatformContext(http: .shared, clock: .system, logger: Logger(label: "test") { _ in log }))
            let recorder = InletRecorder()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await platform.run(recorder.inlet) }
                defer { group.cancelAll() }
                try await body(discord, recorder, log)
            }
        }
    }

    /// The stand-in is another party, so it has to be asked.
    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test(.timeLimit(.minutes(1))) func `What is for the engine is taken, and nothing else`() async throws {
        try await run { discord, recorder, _ in
            try await until { discord.isConnected }
            try await discord.say("between people")
            try await discord.say("!njx is another word")
            try await discord.say("of a bot", isDirect: true, changes: ["author": ["id": "5", "bot": true]])
            try await discord.say("of a webhook", isDirect: true, changes: ["webhook_id": "6"])
            try await discord.say("its own", isDirect: true, changes: ["author": ["id": .string(StandInDiscord.botUser)]])
            try await discord.say("somebody joined", isDirect: true, changes: ["type": 7])
            try await discord.say("a file alone", isDirect: true, changes: ["content": "", "attachments": [["id": "9"]]])
            try await discord.say("!nj run agent helper x")
            try await discord.say("what now?", mentionsBot: true)
            try await discord.say("", mentionsBot: true)
            let id = try await discord.say("hello", isDirect: true)
            try await until { recorder.texts.count == 4 }
            #expect(recorder.texts == ["!nj run agent helper x", "what now?", "/help", "hello"])
            guard case .message(let message) = recorder.events.all.last else { return }
            #expect(message.externalID == id && DiscordRoute(message.replyRoute).message == id)
            #expect(discord.gatewayFaults.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `A broken connection goes on where it was, and what happened meanwhile comes`()
        async throws
    {
        try await run { discord, recorder, _ in
            try await until { discord.isConnected }
            try await discord.say("one", isDirect: true)
            try await until { recorder.texts == ["one"] }
            await discord.socket?.drop()
            try await until { !discord.isConnected }
            try await discord.say("two", isDirect: true)
            try await until { recorder.texts == ["one", "two"] }
            #expect(discord.gatewayCounts.identifies == 1 && discord.gatewayCounts.resumes == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `Asked to come again, it does so at once`() async throws {
        try await run { discord, recorder, _ in
            try await until { discord.isConnected }
            try await discord.socket?.send(["op": 7])
            try await until { discord.gatewayCounts.resumes == 1 }
            try await discord.say("hello", isDirect: true)
            try await until { recorder.texts == ["hello"] }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `A session that is over begins anew`() async throws {
        try await run { discord, recorder, _ in
            try await until { discord.isConnected }
            discord.forgetSession()
            await discord.socket?.drop()
            try await until { discord.gatewayCounts.identifies == 2 && discord.isConnected }
            try await discord.say("hello", isDirect: true)
            try await until { recorder.texts == ["hello"] }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [(4004, "bot_token"), (4014, "Message Content Intent")])
    func `What Discord does not want is not tried again, and explained`(code: Int, advice: String) async throws {
        try await run(prepare: { $0.refuseNextIdentify(with: UInt16(code)) }) { discord, _, log in
            try await until { log.entries.contains { "\($0.message)".contains("ends the connection for good") } }
            #expect(log.entries.contains { "\($0.metadata)".contains(advice) })
            #expect(discord.count("GET /gateway/bot") == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `An interaction that comes over the Gateway is answered there`() async throws {
        try await run { discord, recorder, _ in
            try await until { discord.isConnected }
            let interaction = discord.command("ping", "x", at: EngineClock.system.now)
            try await discord.bring(interaction)
            try await until { discord.awaited.count == 1 }
            #expect(recorder.texts == ["/ping x"])
        }
    }

    @Test(.timeLimit(.minutes(1))) func `What cannot be stored is stored when the store is there again`() async throws {
        try await run { discord, recorder, _ in
            try await until { discord.isConnected }
            recorder.failNext(1)
            try await discord.say("keep me", isDirect: true)
            try await until { recorder.texts == ["keep me"] }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `When no sessions are left, none is begun`() async throws {
        try await run(prepare: { $0.allowSessions(0) }) { discord, _, log in
            try await until { log.entries.contains { "\($0.message)".contains("no more new sessions") } }
            #expect(discord.gatewayCounts.identifies == 0)
        }
    }

    @Test(
        arguments: [
            (1000, DiscordClosure.resume), (1001, .resume), (1006, .resume), (4000, .resume), (4001, .resume),
            (4002, .resume), (4003, .identify),
            (4007, .identify), (4008, .resume), (4009, .identify),
        ] as [(UInt16, DiscordClosure)])
    func `A close code decides how it goes on`(code: UInt16, closure: DiscordClosure) {
        #expect(DiscordClosure(code: code) == closure)
    }

    @Test func `A session says who is there, then where it was`() throws {
        var session = DiscordSession(token: Secret("t"))
        let hello = try #require(DiscordGatewayPayload(#"{"op":10,"d":{"heartbeat_interval":1000}}"#))
        guard case .begin(.seconds(1), let identify) = session.receive(hello) else {
            Issue.record("no Hello")
            return
        }
        #expect(identify["op"] == 2 && identify["d"]?["intents"] == 37376)
        #expect(session.heartbeat["d"] == .null && session.address == nil)
        let ready = try #require(
            DiscordGatewayPayload(
                #"{"op":0,"s":1,"t":"READY","d":{"session_id":"s","resume_gateway_url":"wss://r","user":{"id":"7"}}}"#))
        #expect(session.receive(ready) == .ready)
        session.didHandle(ready)
        #expect(session.address == "wss://r" && session.user == "7" && session.heartbeat["d"] == 1)
        guard case .begin(_, let resume) = session.receive(hello) else {
            Issue.record("no Hello")
            return
        }
        #expect(resume["op"] == 6 && resume["d"]?["seq"] == 1 && resume["d"]?["session_id"] == "s")
        #expect(session.receive(try #require(DiscordGatewayPayload(#"{"op":9,"d":true}"#))) == .invalidSession)
        #expect(session.address == "wss://r")
        #expect(session.receive(try #require(DiscordGatewayPayload(#"{"op":9,"d":false}"#))) == .invalidSession)
        #expect(session.address == nil)
    }

    @Test func `Pauses grow, are cut by chance, and are short again after all was well`() {
        let pause = ReconnectPause()
        #expect((0..<8).map { _ in pause.take(random: 1) } == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        pause.reset()
        #expect(pause.take(random: 0) == .milliseconds(500))
    }
}
