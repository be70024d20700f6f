import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct SlackDeliveryTests {
    private func failure(_ slack: SlackFixture, _ message: OutboundMessage) async throws -> DeliveryError {
        do {
            _ = try await slack.platform.deliver(message)
        } catch let error as DeliveryError {
            return error
        }
        throw DeliveryError("it was delivered", isRetryable: false)
    }

    @Test func `An answer goes to the thread of its message`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let reference = try await slack.platform.deliver(SlackFixture.message("*done* &amp; dusted", to: address))
            let answer = try #require(slack.slack.answers.last)
            #expect(answer.channel == "C0OPS" && answer.thread == address.thread && answer.text == "*done* &amp; dusted")
            #expect(answer.blocks.isEmpty)
            #expect(reference == "C0OPS/\(answer.ts)")
            #expect(slack.slack.faults.isEmpty)
        }
    }

    @Test func `The same message sent twice is shown once`() async throws {
        try await SlackFixture.run { slack in
            let message = SlackFixture.message("hi", to: Address(platform: "slack", channel: "#ops", user: "trigger:t"))
            let first = try await slack.platform.deliver(message)
            #expect(try await slack.platform.deliver(message) == first)
            #expect(slack.slack.answers.count == 1)
            _ = try await slack.platform.deliver(SlackFixture.message("hi", to: message.address))
            #expect(slack.slack.answers.count == 2)
        }
    }

    @Test func `A key is a UUID, the same for the same message`() {
        let key = SlackPlatform.key("abc")
        #expect(key.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(key == SlackPlatform.key("abc") && key != SlackPlatform.key("abd"))
    }

    @Test func `A key that Slack knows and has no message for does not keep the answer back`() async throws {
        try await SlackFixture.run { slack in
            slack.slack.failNext("chat.postMessage", .slackError("duplicate_message_not_found"))
            _ = try await slack.platform.deliver(SlackFixture.message("hi", to: try slack.asked()))
            #expect(slack.slack.answers.map(\.text) == ["hi"])
            #expect(slack.slack.calls.last?.arguments["client_msg_id"] == nil)
        }
    }

    @Test func `A formatter's payload is sent as it is, with its address`() async throws {
        try await SlackFixture.run { slack in
            let blocks: JSONValue = [["type": "section", "text": ["type": "mrkdwn", "text": "*mine*"]]]
            let address = try slack.asked()
            _ = try await slack.platform.deliver(
                SlackFixture.message("", to: address, rendered: .payload(["text": "short", "blocks": blocks, "unfurl_links": false])))
            let answer = try #require(slack.slack.answers.last)
            #expect(answer.text == "short" && answer.thread == address.thread && answer.blocks == blocks.array)
            #expect(slack.slack.calls.last?.arguments["unfurl_links"] == false)
        }
    }

    @Test func `A formatter's payload of a question gets its buttons`() async throws {
        try await SlackFixture.run { slack in
            let question = Question(text: "Sure?", choices: ["Yes", "No"])
            _ = try await slack.platform.deliver(
                SlackFixture.message("", to: try slack.asked(), rendered: .payload(["text": "Really?"]), question: question))
            #expect(slack.slack.answers.last?.buttons == ["Yes", "No"])
            #expect(slack.slack.answers.last?.blocks.first?["text"]?["text"] == "Really?")
        }
    }

    @Test func `Messages to one channel keep a second's distance, and others do not wait`() async throws {
        try await SlackFixture.run { slack in
            let start = slack.clock.now
            for channel in ["#ops", "#dev", "D0ANN"] {
                _ = try await slack.platform.deliver(SlackFixture.message("hi", to: Address(platform: "slack", channel: channel, user: "U0ANN")))
            }
            #expect(slack.clock.now == start)
            for _ in 0..<3 {
                _ = try await slack.platform.deliver(SlackFixture.message("hi", to: Address(platform: "slack", channel: "#ops", user: "U0ANN")))
            }
            #expect(start.duration(to: slack.clock.now) == .seconds(3))
        }
    }

    @Test func `After a 429 the channel waits as long as Slack says`() async throws {
        try await SlackFixture.run { slack in
            let address = Address(platform: "slack", channel: "#ops", user: "U0ANN")
            slack.slack.failNext("chat.postMessage", .slackRateLimit(seconds: 30))
            let error = try await failure(slack, SlackFixture.message("hi", to: address))
            #expect(error.isRetryable && error.retryAfter == .seconds(30))
            let start = slack.clock.now
            _ = try await slack.platform.deliver(SlackFixture.message("hi", to: Address(platform: "slack", channel: "#dev", user: "U0ANN")))
            #expect(slack.clock.now == start)
            _ = try await slack.platform.deliver(SlackFixture.message("hi", to: address))
            #expect(start.duration(to: slack.clock.now) == .seconds(30))
        }
    }

    @Test func `A limit that is told in the body counts as well`() async throws {
        try await SlackFixture.run { slack in
            slack.slack.failNext("chat.postMessage", .slackError("ratelimited", headers: ["retry-after": "7"]))
            let error = try await failure(slack, SlackFixture.message("hi", to: try slack.asked()))
            #expect(error.isRetryable && error.retryAfter == .seconds(7))
        }
    }

    @Test(arguments: [
        ("internal_error", true), ("service_unavailable", true), ("invalid_auth", true), ("token_revoked", true), ("channel_not_found", false),
        ("not_in_channel", false), ("is_archived", false), ("msg_too_long", false), ("no_text", false), ("missing_scope", false),
        ("a_new_word", false),
    ])
    func `Slack's words are understood`(code: String, isRetryable: Bool) async throws {
        try await SlackFixture.run { slack in
            slack.slack.failNext("chat.postMessage", .slackError(code))
            let error = try await failure(slack, SlackFixture.message("hi", to: try slack.asked()))
            #expect(error.isRetryable == isRetryable)
            #expect(error.message.contains("chat.postMessage") && error.message.contains(code))
        }
    }

    @Test(arguments: [
        (StandInAnswer(status: 500, steps: [.raw("")]), true), (StandInAnswer(status: 503, headers: ["retry-after": "5"], steps: [.raw("")]), true),
        (StandInAnswer(steps: [.raw(#"{"ok":tr"#)]), true), (StandInAnswer(steps: [.raw("{}")]), true), (StandInAnswer(steps: [.drop]), true),
        (StandInAnswer(steps: [.raw(#"{"ok":"#), .drop]), true), (StandInAnswer(status: 404, steps: [.raw("no such page")]), false),
        (StandInAnswer(status: 302, headers: ["location": "https://evil.example/"], steps: [.raw("")]), false),
    ])
    func `Answers that are none are told apart`(answer: StandInAnswer, isRetryable: Bool) async throws {
        try await SlackFixture.run { slack in
            slack.slack.failNext("chat.postMessage", answer)
            let error = try await failure(slack, SlackFixture.message("hi", to: try slack.asked()))
            #expect(error.isRetryable == isRetryable, "\(error)")
            #expect(!error.message.contains(StandInSlack.botToken) && !error.message.contains("127.0.0.1"))
            #expect(slack.slack.count("chat.postMessage") == 1)
        }
    }

    @Test func `A server that is down is tried again`() async throws {
        var url = ""
        try await StandInSlack.withSlack { url = $0.apiURL }
        try await SlackFixture.run(api: url) { slack in
            let error = try await failure(slack, SlackFixture.message("hi", to: Address(platform: "slack", channel: "C1", user: "U1")))
            #expect(error.isRetryable)
            #expect(error.message.hasPrefix("Slack did not answer chat.postMessage: the connection "))
        }
    }

    @Test func `A wrong token is refused, and not shown`() async throws {
        try await SlackFixture.run(["bot_token": .string("xoxb-wrong")]) { slack in
            let error = try await failure(slack, SlackFixture.message("hi", to: try slack.asked()))
            #expect(error.message.contains("invalid_auth") && !error.message.contains("xoxb-wrong"))
            try await slack.connected {
                try await slack.slack.wait { $0.count("auth.test") == 1 }
                while slack.log.entries.isEmpty { await Task.yield() }
            }
            #expect(slack.log.entries.contains { $0.level == .error && "\($0.metadata)".contains("invalid_auth") })
            #expect(!slack.log.entries.contains { "\($0)".contains("xoxb-wrong") })
        }
    }

    @Test func `A slash command is answered also where the app is no member`() async throws {
        try await SlackFixture.run { slack in
            guard
                case .command(let message) = try slack.platform.decoder.read(
                    slack.slack.command("/nj", "help", channel: "C0SECRET", at: SlackFixture.now))
            else { throw DeliveryError("no command", isRetryable: false) }
            for number in 1...5 {
                let answer = SlackFixture.message("help \(number)", to: message.address, replyRoute: message.replyRoute)
                #expect(try await slack.platform.deliver(answer) == nil)
            }
            #expect(slack.slack.answers.map(\.text) == (1...5).map { "help \($0)" })
            let error = try await failure(slack, SlackFixture.message("one more", to: message.address, replyRoute: message.replyRoute))
            #expect(!error.isRetryable && error.message.contains("Invite the app to C0SECRET"))
        }
    }

    @Test func `The answer to a slash command shows what was typed`() async throws {
        try await SlackFixture.run { slack in
            guard case .taken(let events, let answer) = slack.platform.receive(slack.slack.command("/nj", "help", at: SlackFixture.now)) else {
                throw DeliveryError("refused", isRetryable: false)
            }
            #expect(events.count == 1)
            #expect(answer([.accepted]) == .json(["response_type": "in_channel"]))
        }
    }
}
