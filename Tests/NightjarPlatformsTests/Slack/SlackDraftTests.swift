import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct SlackDraftTests {
    /// A place without threads, where drafts are edits.
    private let direct = Address(platform: "slack", channel: "D0ANN", user: "U0ANN")

    private func methods(_ slack: SlackFixture) -> [String] { slack.slack.calls.map(\.method) }

    @Test func `A draft is a message that is edited, and the answer takes its place`() async throws {
        try await SlackFixture.run { slack in
            var reference = try await slack.platform.show(SlackFixture.draft("one", at: direct))
            #expect(slack.slack.answers.map(\.text) == ["one"])
            reference = try await slack.platform.show(SlackFixture.draft("one two", at: direct, reference: reference))
            #expect(try await slack.platform.deliver(SlackFixture.message("one two three", to: direct, draft: reference)) == reference)
            #expect(slack.slack.answers.map(\.text) == ["one two three"])
            #expect(slack.slack.answers.map(\.edits) == [2])
            #expect(methods(slack) == ["chat.postMessage", "chat.update", "chat.update"])
            #expect(slack.slack.faults.isEmpty)
        }
    }

    @Test func `A draft in a channel that is known by its name is edited by its id`() async throws {
        try await SlackFixture.run { slack in
            let address = Address(platform: "slack", channel: "#ops", user: "trigger:t")
            let reference = try await slack.platform.show(SlackFixture.draft("one", at: address))
            _ = try await slack.platform.deliver(SlackFixture.message("two", to: address, draft: reference))
            #expect(slack.slack.answers.map(\.text) == ["two"])
        }
    }

    @Test func `In a thread a draft is streamed, in Markdown, and ends as an answer`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            var reference: String?
            for (text, markdown) in [("*a*", "**a**"), ("*a* b", "**a** b"), ("*a* b", "**a** b"), ("*a* b &lt;", "**a** b <!here>")] {
                reference = try await slack.platform.show(SlackFixture.draft(text, at: address, markdown: markdown, reference: reference))
            }
            let streamed = try #require(slack.slack.answers.last)
            #expect(streamed.text == "**a** b <\u{2060}!here>" && streamed.isStreaming && streamed.thread == address.thread)
            #expect(reference == "C0OPS/\(streamed.ts)/stream")
            let last = try await slack.platform.deliver(SlackFixture.message("*a* b c", to: address, draft: reference))
            #expect(last == "C0OPS/\(streamed.ts)")
            #expect(slack.slack.answers.map(\.text) == ["*a* b c"])
            #expect(slack.slack.answers.last?.isStreaming == false && slack.slack.answers.last?.blocks.isEmpty == true)
            #expect(methods(slack) == ["chat.startStream", "chat.appendStream", "chat.appendStream", "chat.stopStream", "chat.update"])
            #expect(slack.slack.faults.isEmpty)
        }
    }

    @Test func `A stream shows as much as one message holds`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let long = String(repeating: "é😀", count: 5000)
            let reference = try await slack.platform.show(SlackFixture.draft("x", at: address, markdown: String(long.prefix(1000))))
            for count in [5000, 8000] {
                #expect(
                    try await slack.platform.show(
                        SlackFixture.draft("x", at: address, markdown: String(long.prefix(count)), reference: reference)) == reference)
            }
            let shown = try #require(slack.slack.answers.last?.text)
            #expect(long.utf8.starts(with: shown.utf8))
            #expect((3700...SlackLimits.streamBytesMax).contains(shown.utf8.count), "\(shown.suffix(3)) \(shown.utf8.count)")
            #expect(slack.slack.count("chat.appendStream") == 1)
        }
    }

    @Test(arguments: ["edits", "off"])
    func `Streams can be declined`(streaming: String) async throws {
        try await SlackFixture.run(["streaming": .string(streaming)]) { slack in
            let address = try slack.asked()
            #expect((slack.platform.draftPause(at: address) == nil) == (streaming == "off"))
            _ = try await slack.platform.show(SlackFixture.draft("one", at: address))
            #expect(methods(slack) == ["chat.postMessage"])
        }
    }

    @Test func `Where Slack does not stream, drafts are edits from then on`() async throws {
        try await SlackFixture.run { slack in
            slack.slack.refuseStreams(in: "C0OPS")
            for task in ["t1", "t2"] {
                let reference = try await slack.platform.show(SlackFixture.draft("one", at: try slack.asked(), task: task))
                _ = try await slack.platform.show(SlackFixture.draft("one two", at: try slack.asked(), task: task, reference: reference))
            }
            #expect(slack.slack.answers.map(\.text) == ["one two", "one two"])
            #expect(slack.slack.count("chat.startStream") == 1)
            _ = try await slack.platform.show(SlackFixture.draft("one", at: try slack.asked(in: "C0DEV")))
            #expect(slack.slack.count("chat.startStream") == 2)
        }
    }

    @Test func `A draft whose first showing was not heard of is not begun again`() async throws {
        try await SlackFixture.run(["streaming": .string("edits")]) { slack in
            let first = try await slack.platform.show(SlackFixture.draft("one", at: try slack.asked()))
            #expect(try await slack.platform.show(SlackFixture.draft("one two", at: try slack.asked())) == first)
            #expect(slack.slack.answers.count == 1)
        }
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            slack.slack.failNext("chat.startStream", StandInAnswer(steps: [.raw(#"{"ok":tr"#), .drop]))
            await #expect(throws: DeliveryError.self) { try await slack.platform.show(SlackFixture.draft("one", at: address)) }
            #expect(try await slack.platform.show(SlackFixture.draft("one two", at: address)) == nil)
            #expect(try await slack.platform.show(SlackFixture.draft("one", at: address, task: "t2")) != nil)
            #expect(slack.slack.count("chat.startStream") == 2)
        }
    }

    @Test func `A stream that breaks off goes on by edits`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let stream = try await slack.platform.show(SlackFixture.draft("one", at: address))
            slack.slack.failNext("chat.appendStream", .slackError("message_not_in_streaming_state"))
            let edited = try await slack.platform.show(SlackFixture.draft("one two", at: address, reference: stream))
            #expect(edited == stream?.replacing("/stream", with: ""))
            _ = try await slack.platform.show(SlackFixture.draft("one two three", at: address, reference: edited))
            #expect(slack.slack.answers.map(\.text) == ["one two three"])
        }
    }

    @Test func `A draft that is written anew, or after a restart, replaces what was streamed`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let stream = try await slack.platform.show(SlackFixture.draft("first try", at: address))
            let edited = try await slack.platform.show(SlackFixture.draft("second try", at: address, reference: stream))
            #expect(slack.slack.answers.map(\.text) == ["second try"])
            #expect(edited?.hasSuffix("/stream") == false)
            // A reference from the journal, whose text nobody remembers.
            let open = try await slack.platform.show(SlackFixture.draft("third", at: address))
            let reference = try #require(open.flatMap(SlackMessageReference.init))
            slack.platform.memory.didEndStream(reference.ts)
            _ = try await slack.platform.show(SlackFixture.draft("third, again", at: address, reference: open))
            #expect(slack.slack.answers.last?.text == "third, again")
            #expect(slack.slack.answers.last?.isStreaming == false)
        }
    }

    @Test func `Drafts are less often shown after a 429, and no answer is lost`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let stream = try await slack.platform.show(SlackFixture.draft("one", at: address))
            slack.slack.failNext("chat.appendStream", .slackRateLimit(seconds: 12))
            let error = await #expect(throws: DeliveryError.self) {
                try await slack.platform.show(SlackFixture.draft("one two", at: address, reference: stream))
            }
            #expect(error?.retryAfter == .seconds(12))
            slack.slack.failNext("chat.stopStream", .slackRateLimit(seconds: 3))
            let message = SlackFixture.message("one two three", to: address, draft: stream)
            await #expect(throws: DeliveryError.self) { _ = try await slack.platform.deliver(message) }
            slack.slack.failNext("chat.update", StandInAnswer(status: 500, steps: [.raw("")]))
            await #expect(throws: DeliveryError.self) { _ = try await slack.platform.deliver(message) }
            _ = try await slack.platform.deliver(message)
            #expect(slack.slack.answers.map(\.text) == ["one two three"])
        }
    }

    @Test func `An answer whose draft is gone is sent as a new message`() async throws {
        try await SlackFixture.run { slack in
            let reference = try await slack.platform.show(SlackFixture.draft("one", at: direct))
            slack.slack.delete(try #require(slack.slack.answers.last))
            let sent = try await slack.platform.deliver(SlackFixture.message("one two", to: direct, draft: reference))
            #expect(slack.slack.answers.map(\.text) == ["one two"])
            #expect(sent != reference)
            #expect(slack.slack.count("chat.delete") == 0)
        }
    }

    @Test(arguments: ["cant_update_message", "edit_window_closed", "block_mismatch", "msg_too_long"])
    func `A draft that cannot be changed makes way for the answer`(code: String) async throws {
        try await SlackFixture.run { slack in
            let reference = try await slack.platform.show(SlackFixture.draft("one", at: direct))
            slack.slack.failNext("chat.update", .slackError(code))
            _ = try await slack.platform.deliver(SlackFixture.message("one two", to: direct, draft: reference))
            #expect(slack.slack.answers.map(\.text) == ["one two"])
        }
    }

    @Test func `A stream that nobody noted is ended before its message is changed`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let stream = try await slack.platform.show(SlackFixture.draft("one", at: address))
            let reference = stream?.replacing("/stream", with: "")
            _ = try await slack.platform.deliver(SlackFixture.message("one two", to: address, draft: reference))
            #expect(slack.slack.answers.map(\.text) == ["one two"])
            #expect(methods(slack).suffix(3) == ["chat.update", "chat.stopStream", "chat.update"])
        }
    }

    // MARK: Activity

    @Test func `In a thread it is seen that somebody works, until there is an answer`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let thread = try #require(address.thread)
            for _ in 1...3 { await slack.platform.showActivity(at: address, replyRoute: nil) }
            #expect(slack.slack.statuses[thread] == "is thinking …")
            #expect(slack.slack.count("assistant.threads.setStatus") == 1)
            try await slack.clock.sleep(until: slack.clock.now.advanced(by: .seconds(61)), tolerance: nil)
            await slack.platform.showActivity(at: address, replyRoute: nil)
            #expect(slack.slack.count("assistant.threads.setStatus") == 2)
            _ = try await slack.platform.deliver(SlackFixture.message("done", to: address))
            #expect(slack.slack.statuses[thread] == nil)
            await slack.platform.showActivity(at: address, replyRoute: nil)
            #expect(slack.slack.count("assistant.threads.setStatus") == 3)
            await slack.platform.showActivity(at: direct, replyRoute: nil)
            #expect(slack.slack.count("assistant.threads.setStatus") == 3)
        }
    }

    @Test func `A channel without statuses is asked once`() async throws {
        try await SlackFixture.run { slack in
            slack.slack.failNext("assistant.threads.setStatus", .slackError("missing_scope"))
            for _ in 1...3 { await slack.platform.showActivity(at: try slack.asked(), replyRoute: nil) }
            #expect(slack.slack.count("assistant.threads.setStatus") == 1)
        }
    }
}
