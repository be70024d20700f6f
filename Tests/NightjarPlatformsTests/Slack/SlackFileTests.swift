import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

@Suite struct SlackFileTests {
    private static let file = OutboundFile(name: "a.csv", title: "The table", content: Array("1,2".utf8))

    private func message(_ comment: String, to address: Address, draft: String? = nil) -> OutboundMessage {
        let entry = OutboxEntry(address: address, content: .file(Self.file, comment: comment), createdAt: SlackFixture.now)
        return OutboundMessage(entry, rendered: .text(comment), draft: draft)
    }

    /// Slack takes files by channels' ids alone.
    @Test func `A file goes to a channel that is named`() async throws {
        try await SlackFixture.run { slack in
            let ops = Address(platform: "slack", channel: "#ops", user: "trigger:t")
            _ = try await slack.platform.deliver(message("here", to: ops))
            #expect(slack.slack.answers.map(\.text) == ["here", ""])
            #expect(slack.slack.answers.allSatisfy { $0.channel == "C0OPS" } && slack.slack.answers[1].file?.content == "1,2")
            _ = try await slack.platform.deliver(message("again", to: ops))
            #expect(slack.slack.answers.map(\.text) == ["here", "", "again"])
            #expect(slack.slack.answers[2].file?.content == "1,2")
        }
    }

    /// A person is no channel to files, and is one to messages.
    @Test func `A file goes to a person`() async throws {
        try await SlackFixture.run { slack in
            let ann = Address(platform: "slack", channel: "U0ANN", user: "trigger:t")
            _ = try await slack.platform.deliver(message("here", to: ann))
            #expect(slack.slack.answers.map(\.text) == ["here", ""])
            #expect(slack.slack.answers.allSatisfy { $0.channel == "D0ANN" } && slack.slack.answers.last?.file?.content == "1,2")
            _ = try await slack.platform.deliver(message("again", to: ann))
            #expect(slack.slack.answers.map(\.text) == ["here", "", "again"])
        }
    }

    @Test(arguments: ["files.getUploadURLExternal", "files.completeUploadExternal"])
    func `A file that is tried again does not repeat its comment`(method: String) async throws {
        let message = message("here", to: Address(platform: "slack", channel: "#ops", user: "trigger:t"))
        try await SlackFixture.run { slack in
            slack.slack.failNext(method, StandInAnswer(status: 503, steps: [.raw("")]))
            let error = await #expect(throws: DeliveryError.self) { try await slack.platform.deliver(message) }
            #expect(error?.isRetryable == true)
            _ = try await slack.platform.deliver(message)
            #expect(slack.slack.answers.map(\.text) == ["here", ""])
            #expect(slack.slack.answers.last?.file?.content == "1,2")
        }
    }

    /// The engine sends all of an answer as messages then.
    @Test(arguments: [("files.getUploadURLExternal", "missing_scope"), ("files.completeUploadExternal", "not_in_channel")])
    func `An answer whose file is refused begins once`(method: String, code: String) async throws {
        let entry = OutboxEntry(
            address: Address(platform: "slack", channel: "#ops", user: "trigger:t"), content: .text("all"), createdAt: SlackFixture.now)
        try await SlackFixture.run { slack in
            slack.slack.failNext(method, .slackError(code))
            let excerpt = OutboundMessage(entry, rendered: .excerpt("one", whole: Self.file))
            let error = await #expect(throws: DeliveryError.self) { try await slack.platform.deliver(excerpt) }
            #expect(error?.isRetryable == false)
            for part in 0..<2 {
                _ = try await slack.platform.deliver(OutboundMessage(entry, rendered: .parts(["one", "two"]), part: part))
            }
            #expect(slack.slack.answers.map(\.text) == ["one", "two"])
        }
    }

    @Test func `A file that nobody comments on has its title`() async throws {
        try await SlackFixture.run { slack in
            _ = try await slack.platform.deliver(message("", to: Address(platform: "slack", channel: "#ops", user: "trigger:t")))
            #expect(slack.slack.answers.map(\.text) == ["The table", ""])
        }
    }

    @Test(arguments: [true, false])
    func `The draft goes when the file is there, and stays when it is refused`(isTaken: Bool) async throws {
        try await SlackFixture.run(["streaming": .string("edits")]) { slack in
            let address = try slack.asked()
            let draft = try await slack.platform.show(SlackFixture.draft("the beginning", at: address))
            if isTaken {
                _ = try await slack.platform.deliver(message("all", to: address, draft: draft))
                #expect(slack.slack.answers.map(\.text) == ["all"])
            } else {
                slack.slack.failNext("files.getUploadURLExternal", .slackError("missing_scope"))
                let error = await #expect(throws: DeliveryError.self) {
                    try await slack.platform.deliver(message("all", to: address, draft: draft))
                }
                #expect(error?.isRetryable == false && slack.slack.answers.map(\.text) == ["the beginning"])
            }
        }
    }
}
