import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// How connections to the Gateway follow each other, on a clock that a test moves.
@Suite(.timeLimit(.minutes(1))) struct DiscordGatewayLifeTests {
    private struct Scene: Sendable {
        let discord: StandInDiscord
        let clock: VirtualClock
        let log: InMemoryLogHandler
        let inlet = InletRecorder()
        /// Counts one when nothing more is heard, and nothing is left to be said.
        let ends = Recorder<Bool>()

        func logged(_ words: String) -> Int { log.entries.count { "\($0.message) \($0.metadata)".contains(words) } }

        /// Waits for what happens without the clock.
        func until(_ condition: () -> Bool) async throws {
            while !condition() { try await Task.sleep(for: .milliseconds(2)) }
        }

        /// Lets time pass until something has happened.
        /// - Returns: how much.
        @discardableResult
        func pass(by step: Duration = .milliseconds(50), until condition: () -> Bool) async throws -> Duration {
            let start = clock.now.offset
            while !condition() {
                await clock.advance(by: step)
                // What goes over the network takes no time of this clock.
                try await Task.sleep(for: .milliseconds(1))
            }
            return clock.now.offset - start
        }

        func connected(_ count: Int = 1) async throws { try await until { logged("the Gateway is connected") == count } }
    }

    private func run(prepare: (StandInDiscord) -> Void = { _ in }, _ body: (Scene) async throws -> Void) async throws {
        try await StandInDiscord.withDiscord { discord in
            prepare(discord)
            let scene = Scene(discord: discord, clock: VirtualClock(), log: InMemoryLogHandler())
            let clock = EngineClock.virtual(scene.clock)
            let definition = DiscordFixture.definition(["gateway": .bool(true), "public_key": nil, "api_url": .string(discord.apiURL)])
            let platform = DiscordPlatform(
                try DiscordOptions(definition),
                PlatformContext(http: .shared, clock: clock, logger: Logger(label: "test") { _ in scene.log }))
            let gateway = DiscordGateway(platform, scene.inlet.inlet(clock))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await gateway.run()
                    scene.ends.add(true)
                }
                defer { group.cancelAll() }
                try await body(scene)
            }
            #expect(discord.gatewayFaults.isEmpty)
        }
    }

    @Test func `Who is sent on at once is not sent on in a circle`() async throws {
        try await run { scene in
            for round in 1...3 {
                try await scene.connected(round)
                try await scene.discord.socket?.send(["op": 7])
                try await scene.until { scene.logged("is opened again") == round }
                #expect(try await scene.pass { scene.discord.gatewayCounts.resumes == round } >= .milliseconds(450))
            }
        }
    }

    @Test func `Who has been there for a while and is sent on comes at once`() async throws {
        try await run { scene in
            try await scene.connected()
            await scene.clock.advance(by: DiscordLimits.calm)
            try await scene.discord.socket?.send(["op": 7])
            try await scene.connected(2)
            #expect(scene.clock.now.offset == DiscordLimits.calm && scene.discord.gatewayCounts.resumes == 1)
            #expect(scene.discord.gatewayCounts.identifies == 1)
        }
    }

    @Test func `A connection over which nothing comes is given up`() async throws {
        try await run(prepare: { $0.greet(false) }) { scene in
            try await scene.until { scene.discord.sockets.count == 1 }
            scene.discord.greet(true)
            #expect(try await scene.pass { scene.discord.isConnected } >= DiscordLimits.helloTimeout)
            #expect(scene.logged("did not say hello") == 1)
        }
    }

    @Test func `Heartbeats are sent, and a connection that does not hear them is opened again`() async throws {
        try await run { scene in
            try await scene.connected()
            try await scene.pass(by: .milliseconds(200)) { scene.discord.gatewayCounts.heartbeats == 3 }
            #expect(scene.clock.now.offset >= .seconds(82) && scene.discord.gatewayCounts.resumes == 0)
            let first = try #require(scene.discord.socket)
            scene.discord.stopHearingHeartbeats()
            try await scene.pass(by: .milliseconds(200)) { scene.discord.gatewayCounts.resumes == 1 }
            await first.waitForEnd()
            // 1000 and 1001 would have ended the session.
            #expect(first.closeCode == 4000)
        }
    }

    @Test func `Two sessions are not begun within five seconds`() async throws {
        try await run { scene in
            try await scene.connected()
            try await scene.discord.socket?.close(code: 4009)
            let pause = try await scene.pass { scene.discord.gatewayCounts.identifies == 2 }
            #expect(pause >= DiscordLimits.identifyInterval - .milliseconds(100))
        }
    }

    @Test func `What is to be answered is, also when Discord has ended the connection for good`() async throws {
        try await run { scene in
            try await scene.connected()
            scene.discord.failNext("POST /interactions", StandInDiscord.rateLimit(.seconds(2), isGlobal: true))
            try await scene.discord.bring(scene.discord.command("refused", at: DiscordFixture.now))
            try await scene.until { scene.logged("could not be answered in time") == 1 }
            // Waits for its turn until Discord takes requests again.
            try await scene.discord.bring(scene.discord.command("late", at: DiscordFixture.now))
            try await scene.until { scene.inlet.texts.count == 2 }
            try await scene.discord.socket?.close(code: 4004)
            try await scene.until { scene.logged("ends the connection for good") == 1 }
            try await scene.pass { scene.ends.count == 1 }
            #expect(scene.discord.awaited.count == 1 && scene.clock.now.offset >= .seconds(2))
        }
    }

    @Test func `A session that is invalid again and again is begun ever more rarely`() async throws {
        try await run { scene in
            try await scene.connected()
            var pauses: [Duration] = []
            for round in 1...6 {
                // Never READY: each connection is told so as soon as it is there.
                scene.discord.greet(false)
                try await scene.discord.sockets.last?.send(["op": 9, "d": false])
                try await scene.until { scene.logged("cannot go on as it is") == round }
                let asked = scene.discord.count("GET /gateway/bot")
                let opened = scene.discord.sockets.count
                pauses.append(try await scene.pass { scene.discord.count("GET /gateway/bot") > asked })
                try await scene.pass { scene.discord.sockets.count > opened }
            }
            #expect(pauses.allSatisfy { $0 >= .milliseconds(900) } && pauses[5] >= .seconds(15))
        }
    }

    @Test func `A session whose address is gone is begun anew in the end`() async throws {
        try await run(prepare: { $0.setResumeURL("ws://127.0.0.1:1") }) { scene in
            try await scene.connected()
            try await scene.discord.say("one", isDirect: true)
            try await scene.until { scene.inlet.texts == ["one"] }
            await scene.discord.socket?.drop()
            // Not at once: the network may be gone for a moment, and what happened meanwhile comes only to the session.
            #expect(try await scene.pass { scene.discord.gatewayCounts.identifies == 2 } >= .seconds(60))
            try await scene.connected(2)
            try await scene.discord.say("two", isDirect: true)
            try await scene.until { scene.inlet.texts == ["one", "two"] }
        }
    }

    @Test(arguments: [1000, 1001, 1012, 4000] as [UInt16])
    func `What happens after Discord has closed the connection comes when the session is resumed`(code: UInt16) async throws {
        try await run { scene in
            try await scene.connected()
            let socket = try #require(scene.discord.socket)
            try await socket.close(code: code)
            await socket.waitForEnd()
            try await scene.discord.say("meanwhile", isDirect: true)
            try await scene.pass { scene.inlet.texts == ["meanwhile"] }
            #expect(scene.discord.gatewayCounts.identifies == 1 && scene.discord.gatewayCounts.resumes == 1)
        }
    }

    @Test(arguments: ["http://127.0.0.1", "", "https://discord.com"])
    func `An address that is none is not followed`(url: String) async throws {
        let answer = StandInAnswer(steps: [.raw(#"{"url":"\#(url)","session_start_limit":{"remaining":1,"reset_after":1}}"#)])
        try await run(prepare: { $0.failNext("GET /gateway/bot", answer) }) { scene in
            try await scene.until { scene.logged("no wss address") == 1 }
            try await scene.pass { scene.discord.isConnected }
        }
    }

    @Test func `A second Hello begins nothing`() async throws {
        try await run { scene in
            try await scene.connected()
            try await scene.discord.socket?.send(["op": 10, "d": ["heartbeat_interval": 41_250]])
            try await scene.discord.say("hello", isDirect: true)
            try await scene.until { scene.inlet.texts == ["hello"] }
            #expect(scene.discord.gatewayCounts.identifies == 1 && scene.logged("trying again") == 0)
        }
    }

    @Test func `No more is said than Discord takes`() async throws {
        try await run { scene in
            try await scene.connected()
            for _ in 0..<150 { try await scene.discord.socket?.send(["op": 1]) }
            // One of the 110 was Identify.
            try await scene.until { scene.discord.gatewayCounts.heartbeats == 109 }
            try await scene.discord.socket?.send(["op": 1])
            try await Task.sleep(for: .milliseconds(20))
            #expect(scene.discord.gatewayCounts.heartbeats == 109 && scene.discord.socket != nil)
        }
    }
}
