import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct SlackSocketModeTests {
    private static let options: [String: PlatformDefinition.Option] = ["app_token": .secret(Secret(StandInSlack.appToken))]

    /// Runs a platform in Socket Mode for as long as `body` runs.
    private func run(
        _ options: [String: PlatformDefinition.Option] = options,
        _ body: (StandInSlack, InletRecorder, InMemoryLogHandler) async throws -> Void
    ) async throws {
        try await StandInSlack.withSlack { slack in
            var definition = SlackFixture.definition(options.merging(["api_url": .string(slack.apiURL)]) { $1 })
            definition.options["signing_secret"] = nil
            let log = InMemoryLogHandler()
            let platform = SlackPlatform(
                try SlackOptions(definition),
                PlatformContext(http: .shared, clock: .system, logger: Logger(label: "test") { _ in log }))
            let recorder = InletRecorder()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await platform.run(recorder.inlet) }
                defer { group.cancelAll() }
                try await body(slack, recorder, log)
            }
        }
    }

    /// The stand-in is another party, so it has to be asked.
    private func until(_ condition: () -> Bool) async throws {
        while !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test(.timeLimit(.minutes(1))) func `What comes over the connection is stored, then acknowledged`() async throws {
        try await run { slack, recorder, _ in
            try await until { slack.socketCount == 1 }
            let now = EngineClock.system.now
            let said = try await slack.bring(slack.message("hello", at: now))
            let typed = try await slack.bring(slack.command("/nj", "help", at: now))
            try await until { slack.acknowledged.count == 2 }
            #expect(recorder.texts == ["hello", "/help"])
            #expect(slack.acknowledged[said] == .null)
            #expect(slack.acknowledged[typed]?["response_type"] == "in_channel")
        }
    }

    @Test(.timeLimit(.minutes(1))) func `What cannot be stored is not acknowledged, and taken when it comes again`()
        async throws
    {
        try await run { slack, recorder, _ in
            try await until { slack.socketCount == 1 }
            recorder.failNext(1)
            let request = slack.message("keep me", at: EngineClock.system.now)
            let envelope = try await slack.bring(request)
            // The one after it is acknowledged: the first is not.
            let second = try await slack.bring(slack.message("and me", at: EngineClock.system.now))
            try await until { slack.acknowledged[second] != nil }
            #expect(slack.acknowledged[envelope] == nil)
            try await slack.bring(request, envelope: envelope)
            try await until { slack.acknowledged[envelope] != nil }
            #expect(recorder.texts == ["and me", "keep me"])
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["warning", "refresh_requested"])
    func `Before Slack ends a connection the next one is open`(reason: String) async throws {
        try await run { slack, recorder, _ in
            try await until { slack.socketCount == 1 }
            let first = try #require(slack.socket)
            try await first.send(["type": "disconnect", "reason": .string(reason)])
            try await until { slack.socketCount == 2 }
            // What still comes over the old one is taken.
            let event = StandInSlack.payloadOfMessage("late", slack)
            try await first.send(["envelope_id": "late", "type": "events_api", "payload": event])
            try await until { recorder.texts == ["late"] }
            try await first.close(code: 1000)
            try await until { slack.socketCount == 1 }
            try await slack.bring(slack.message("next", at: EngineClock.system.now))
            try await until { recorder.texts == ["late", "next"] }
            #expect(slack.count("apps.connections.open") == 2)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `A connection that breaks is opened again`() async throws {
        try await run { slack, recorder, _ in
            try await until { slack.socketCount == 1 }
            await slack.socket?.drop()
            try await until { slack.count("apps.connections.open") == 2 && slack.socketCount == 1 }
            try await slack.bring(slack.message("hello", at: EngineClock.system.now))
            try await until { recorder.texts == ["hello"] }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `A wrong token is told of, and not tried without a pause`() async throws {
        try await run(["app_token": .secret(Secret("xapp-wrong"))]) { slack, _, log in
            try await until { log.entries.contains { "\($0.message)".contains("Slack refuses the app token") } }
            try await Task.sleep(for: .milliseconds(200))
            #expect(slack.count("apps.connections.open") == 1)
            #expect(!log.entries.contains { "\($0.metadata)".contains("xapp-wrong") })
        }
    }

    @Test(.timeLimit(.minutes(1))) func `When Socket Mode is switched off, the log says so`() async throws {
        try await run { slack, _, log in
            try await until { slack.socketCount == 1 }
            try await slack.socket?.send(["type": "disconnect", "reason": "link_disabled"])
            try await until { log.entries.contains { "\($0.message)".contains("switched off") } }
            try await until { slack.socketCount == 0 }
            #expect(slack.count("apps.connections.open") == 1)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            #"{"envelope_id":"odd","type":"events_api","payload":{"type":7}}"#,
            #"{"envelope_id":"odd","type":"interactive","payload":null}"#,
            #"{"envelope_id":"odd","type":"slash_commands","payload":{}}"#,
            #"{"envelope_id":"odd","type":"something new","payload":{}}"#,
        ])
    func `What is not understood is acknowledged, so that it does not come for ever`(frame: String) async throws {
        try await run { slack, recorder, _ in
            try await until { slack.socketCount == 1 }
            for text in ["not JSON", "[]", #"{"type":"hello"}"#, frame] { try await slack.socket?.send(text) }
            try await until { slack.acknowledged["odd"] != nil }
            #expect(recorder.events.count == 0)
        }
    }
}

extension StandInSlack {
    /// The payload of an event about a message.
    static func payloadOfMessage(_ text: String, _ slack: StandInSlack) -> JSONValue {
        let request = slack.message(text, at: EngineClock.system.now)
        return (try? JSONValue(parsing: String(decoding: request.body, as: UTF8.self))) ?? .null
    }
}
