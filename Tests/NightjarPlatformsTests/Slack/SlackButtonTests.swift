import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct SlackButtonTests {
    private static let now = SlackFixture.now
    private let question = Question(id: "q1w2e3r4t5y6", text: "Deploy *now*?", choices: ["Yes & go", "", String(repeating: "long ", count: 30)])

    /// Asks and gives back the message with the buttons.
    private func ask(_ slack: SlackFixture, at address: Address) async throws -> StandInSlackMessage {
        _ = try await slack.platform.deliver(SlackFixture.message("Deploy *now*?", to: address, question: question))
        return try #require(slack.slack.answers.last)
    }

    private func choice(_ slack: SlackFixture, _ request: PlatformRequest, _ outcome: PlatformEventOutcome) throws -> QuestionChoice {
        guard case .taken(let events, let answer) = slack.platform.receive(request), case .choice(let choice)? = events.first else {
            throw DeliveryError("no choice", isRetryable: false)
        }
        #expect(answer([outcome]) == PlatformAnswer())
        return choice
    }

    @Test func `A question has a button for each choice`() async throws {
        try await SlackFixture.run { slack in
            let asked = try await ask(slack, at: try slack.asked())
            #expect(asked.text == "Deploy *now*?")
            #expect(asked.blocks.first?["text"]?["text"] == "Deploy *now*?")
            #expect(asked.buttons.count == 3)
            #expect(asked.buttons[0] == "Yes & go" && asked.buttons[1] == "2")
            #expect(asked.buttons[2].hasPrefix("long ") && asked.buttons[2].utf16.count <= 75 && asked.buttons[2].hasSuffix("…"))
            #expect(slack.slack.faults.isEmpty)
        }
    }

    @Test func `A long question is cut into sections`() async throws {
        try await SlackFixture.run { slack in
            let text = String(repeating: "word &amp; word\n", count: 250)
            _ = try await slack.platform.deliver(SlackFixture.message(text, to: try slack.asked(), question: question))
            #expect(slack.slack.answers.last?.blocks.count == 3)
            #expect(slack.slack.faults.isEmpty)
        }
    }

    @Test func `A press is a choice of who pressed, where it was asked`() async throws {
        try await SlackFixture.run { slack in
            let address = try slack.asked()
            let asked = try await ask(slack, at: address)
            let pressed = try choice(slack, slack.slack.press(2, of: asked, user: "U0BOB", at: Self.now), .accepted)
            #expect(
                pressed
                    == QuestionChoice(
                        question: question.id, index: 2,
                        address: Address(platform: "slack", channel: "C0OPS", thread: address.thread, user: "U0BOB")))
        }
    }

    @Test func `A question that was asked in a channel by its name is answered there`() async throws {
        try await SlackFixture.run { slack in
            let asked = try await ask(slack, at: Address(platform: "slack", channel: "#ops", user: "trigger:alerts"))
            #expect(asked.channel == "C0OPS")
            #expect(try choice(slack, slack.slack.press(0, of: asked, at: Self.now), .accepted).address.channel == "#ops")
        }
    }

    @Test func `After a choice the buttons are gone, and it is seen who chose what`() async throws {
        try await SlackFixture.run { slack in
            try await slack.connected {
                let asked = try await ask(slack, at: try slack.asked())
                _ = try choice(slack, slack.slack.press(0, of: asked, at: Self.now), .chosen("Yes & go"))
                try await slack.slack.wait { $0.answers.last?.buttons.isEmpty == true }
                let now = try #require(slack.slack.answers.last)
                #expect(now.text == "Deploy *now*?" && now.edits == 1 && now.blocks.count == 2)
                #expect(now.blocks.last?["elements"]?.array?.first?["text"] == "✓ *Yes &amp; go* · <@U0ANN>")
                #expect(slack.slack.count("chat.update") == 0)
                #expect(slack.slack.faults.isEmpty)
            }
        }
    }

    @Test func `When the press's address is used up, the message is edited by its name`() async throws {
        try await SlackFixture.run { slack in
            try await slack.connected {
                let asked = try await ask(slack, at: try slack.asked())
                let press = slack.slack.press(0, of: asked, at: Self.now)
                for _ in 0..<6 { _ = try choice(slack, press, .chosen("Yes & go")) }
                try await slack.slack.wait { $0.count("chat.update") == 1 && $0.answers.last?.edits == 6 }
                #expect(slack.slack.answers.last?.buttons.isEmpty == true)
                #expect(slack.slack.faults.isEmpty)
            }
        }
    }

    @Test func `Who may not answer is told so, alone, and the buttons stay`() async throws {
        try await SlackFixture.run { slack in
            try await slack.connected {
                let asked = try await ask(slack, at: try slack.asked())
                _ = try choice(slack, slack.slack.press(0, of: asked, user: "U0BOB", at: Self.now), .refused("somebody <else> was asked"))
                try await slack.slack.wait { !$0.ephemeral.isEmpty }
                #expect(slack.slack.ephemeral == ["somebody &lt;else&gt; was asked"])
                #expect(slack.slack.answers.last?.buttons.count == 3)
            }
        }
    }

    @Test func `Buttons of other apps' making are no choices`() async throws {
        try await SlackFixture.run { slack in
            for value in [#""other""#, #""nj:q""#, "null"] {
                let payload = SlackBadRequestTests.interaction.replacing(#""nj:q:0""#, with: value)
                guard case .taken(let events, _) = slack.platform.receive(slack.slack.form([("payload", payload)], at: Self.now)) else {
                    Issue.record("refused")
                    continue
                }
                #expect(events.isEmpty)
            }
        }
    }
}
