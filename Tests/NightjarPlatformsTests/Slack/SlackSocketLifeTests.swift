import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// How connections of Socket Mode begin, end and follow each other, on a clock that a test moves.
@Suite(.timeLimit(.minutes(1))) struct SlackSocketLifeTests {
    private struct Scene: Sendable {
        let slack: StandInSlack
        let clock: VirtualClock
        let log: InMemoryLogHandler
        let inlet = InletRecorder()

        var opened: Int { slack.count("apps.connections.open") }

        func logged(_ words: String) -> Int { log.entries.count { "\($0.message) \($0.metadata)".contains(words) } }

        /// Waits for what happens without the clock.
        func until(_ condition: () -> Bool) async throws {
            while !condition() { try await Task.sleep(for: .milliseconds(2)) }
        }

        /// Lets time pass until there is another connection, or another try.
        /// - Returns: how long that was.
        @discardableResult
        func passPause() async throws -> Duration {
            let (count, start) = (opened, clock.now.offset)
            while opened == count {
                await clock.advance(by: .milliseconds(50))
                // The API is asked over the network, which takes no time of this clock.
                try await Task.sleep(for: .milliseconds(1))
            }
            return clock.now.offset - start
        }

        func greeted(_ count: Int = 1) async throws { try await until { logged("Socket Mode is connected") == count } }
    }

    /// - Parameter pings: false where much time passes, since signs of life come over the network.
    private func run(
        pings: Bool = true, prepare: (StandInSlack) -> Void = { _ in }, _ body: (Scene) async throws -> Void
    ) async throws {
        try await StandInSlack.withSlack { slack in
            prepare(slack)
            let scene = Scene(slack: slack, clock: VirtualClock(), log: InMemoryLogHandler())
            var definition = SlackFixture.definition(
                ["app_token": .secret(Secret(StandInSlack.appToken)), "api_url": .string(slack.apiURL)])
            definition.options["signing_secret"] = nil
            let clock = EngineClock.virtual(scene.clock)
            let platform = SlackPlatform(
                try SlackOptions(definition), PlatformContext(http: .shared, clock: clock, logger: Logger(label: "test") { _ in scene.log }))
            var mode = SlackSocketMode(platform: platform, token: Secret(StandInSlack.appToken), inlet: scene.inlet.inlet(clock))
            if !pings { mode.client.limits.pingPeriod = nil }
            try await withThrowingTaskGroup(of: Void.self) { [mode] group in
                group.addTask { await mode.run() }
                defer { group.cancelAll() }
                try await body(scene)
            }
            #expect(slack.faults.isEmpty)
        }
    }

    @Test func `Connections that Slack dismisses at once are not opened in a circle`() async throws {
        try await run(prepare: { $0.greetSockets(false) }) { scene in
            var last = Duration.zero
            for round in 1...4 {
                try await scene.until { scene.slack.socketCount == 1 }
                try await scene.slack.socket?.send(["type": "disconnect", "reason": "too_many_websockets"])
                try await scene.until { scene.logged("does not want this connection") == round && scene.slack.socketCount == 0 }
                let pause = try await scene.passPause()
                #expect(pause >= .milliseconds(500) * (1 << (round - 1)) - .milliseconds(50))
                last = pause
            }
            #expect(last >= .milliseconds(3900) && scene.opened == 5)
            #expect(scene.logged("ten connections at most") == 4)
        }
    }

    @Test func `One that is to be refreshed at once is followed after a pause, and read meanwhile`() async throws {
        try await run { scene in
            try await scene.greeted()
            let old = try #require(scene.slack.socket)
            try await old.send(["type": "disconnect", "reason": "refresh_requested"])
            try await scene.slack.bring(scene.slack.message("late", at: SlackFixture.now))
            try await scene.until { scene.inlet.texts == ["late"] && !scene.slack.acknowledged.isEmpty }
            #expect(scene.opened == 1)
            #expect(try await scene.passPause() >= .milliseconds(450))
            try await scene.greeted(2)
            #expect(scene.slack.socketCount == 2)
        }
    }

    @Test func `One that has lived is followed at once`() async throws {
        try await run(pings: false) { scene in
            try await scene.greeted()
            await scene.clock.advance(by: SlackLimits.calm)
            try await scene.slack.socket?.send(["type": "disconnect", "reason": "warning"])
            try await scene.greeted(2)
            #expect(scene.clock.now.offset == SlackLimits.calm && scene.slack.socketCount == 2)
        }
    }

    @Test func `A connection that Slack forgets to end is ended`() async throws {
        try await run(pings: false) { scene in
            try await scene.greeted()
            let old = try #require(scene.slack.socket)
            try await old.send(["type": "disconnect", "reason": "warning"])
            try await scene.passPause()
            try await scene.greeted(2)
            await scene.clock.advance(by: SlackLimits.farewell - .seconds(5))
            #expect(old.received.count == 0)
            await scene.clock.advance(by: .seconds(5))
            try await scene.until { old.closeCode == 1000 }
            try await scene.until { scene.slack.socketCount == 1 }
            #expect(scene.opened == 2)
        }
    }

    @Test func `A connection that is never greeted is given up`() async throws {
        try await run(pings: false, prepare: { $0.greetSockets(false) }) { scene in
            try await scene.until { scene.slack.socketCount == 1 }
            scene.slack.greetSockets(true)
            #expect(try await scene.passPause() >= SlackLimits.greetingTimeout)
            try await scene.greeted()
            #expect(scene.logged("no sign of life") == 1)
        }
    }

    @Test func `A connection that falls silent is given up`() async throws {
        try await run { scene in
            try await scene.greeted()
            scene.slack.socket?.fallSilent()
            #expect(try await scene.passPause() >= SlackLimits.pingPeriod)
            try await scene.greeted(2)
        }
    }

    @Test(arguments: [
        ("not_allowed_token_type", "begins with xapp-"), ("invalid_auth", "begins with xapp-"), ("missing_scope", "connections:write"),
    ])
    func `A wrong app token is said as such, and tried ever more rarely`(code: String, hint: String) async throws {
        let refusal = StandInAnswer.slackError(code)
        try await run(prepare: { $0.failNext("apps.connections.open", refusal, refusal, refusal) }) { scene in
            for round in 1...3 {
                try await scene.until { scene.logged("Slack refuses the app token") == round }
                #expect(try await scene.passPause() >= .milliseconds(500) * (1 << (round - 1)) - .milliseconds(50))
            }
            try await scene.greeted()
            #expect(scene.logged(code) == 3 && scene.logged(hint) == 3 && scene.logged("bot_token") == 0)
        }
    }

    @Test func `Slack's own wish for a pause is obeyed`() async throws {
        try await run(prepare: { slack in
            slack.failNext("apps.connections.open", .slackRateLimit(seconds: 90), .slackError("ratelimited", headers: ["retry-after": "40"]))
        }) { scene in
            try await scene.until { scene.logged("trying again") == 1 }
            #expect(try await scene.passPause() >= .seconds(89))
            try await scene.until { scene.logged("trying again") == 2 }
            #expect(try await scene.passPause() >= .seconds(39))
            try await scene.greeted()
        }
    }

    @Test(arguments: ["http://127.0.0.1/link", "", "https://slack.com"])
    func `An address that is none is not followed`(url: String) async throws {
        let answer = StandInAnswer(steps: [.raw(#"{"ok":true,"url":"\#(url)"}"#)])
        try await run(prepare: { $0.failNext("apps.connections.open", answer) }) { scene in
            try await scene.until { scene.logged("no wss address") == 1 }
            try await scene.passPause()
            try await scene.greeted()
        }
    }

    @Test func `Other connections of the app are noticed, and not one's own`() async throws {
        try await run(pings: false, prepare: { $0.failNext("apps.connections.open", .slackError("internal_error")) }) { scene in
            try await scene.until { scene.logged("trying again") == 1 }
            let client = WebSocketClient(clock: .system)
            try await client.withConnection(to: scene.slack.makeSocketAddress()) { _ in
                try await scene.until { scene.slack.socketCount == 1 }
                try await scene.passPause()
                try await scene.greeted()
                #expect(scene.logged("this app has other connections") == 1)
                await scene.slack.socket?.drop()
                try await scene.passPause()
                try await scene.greeted(2)
                #expect(scene.logged("this app has other connections") == 1)
            }
        }
    }

    @Test(arguments: [true, false])
    func `An acknowledgement carries what it may, and else nothing`(takesPayload: Bool) {
        let envelope = SlackSocketEnvelope(id: "e", type: "slash_commands", payload: .null, takesPayload: takesPayload)
        let payload = takesPayload ? #","payload":{"response_type":"in_channel"}"# : ""
        #expect(envelope.acknowledgement(["response_type": "in_channel"]) == #"{"envelope_id":"e"\#(payload)}"#)
        #expect(envelope.acknowledgement(nil) == #"{"envelope_id":"e"}"#)
    }
}
