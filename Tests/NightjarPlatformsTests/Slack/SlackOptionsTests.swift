import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct SlackOptionsTests {
    @Test func `What is not said has a default`() throws {
        let options = try SlackOptions(SlackFixture.definition())
        #expect(options.apiURL == "https://slack.com/api")
        #expect(options.repliesInThread && !options.takesChannelMessages)
        #expect(options.prefixes == ["!nj"])
        #expect(options.commands == ["/nightjar", "/nj"])
        #expect(options.streaming == .native)
    }

    @Test(
        arguments: [
            (["bot_token": nil], "bot_token"), (["bot_token": .string("")], "bot_token"), (["bot_token": .string("xapp-1")], "app_token"),
            (["signing_secret": nil], "signing_secret"), (["signing_secret": .string("")], "signing_secret"),
            (["app_token": .string("xoxb-1")], "xapp-"), (["api_url": .string("slack.com")], "api_url"),
            (["api_url": .string("https://me:you@slack.com/api")], "api_url"),
        ] as [([String: PlatformDefinition.Option?], String)])
    func `Mistakes are named`(change: [String: PlatformDefinition.Option?], word: String) {
        var definition = SlackFixture.definition()
        for (key, value) in change { definition.options[key] = value }
        let error = #expect(throws: PlatformOptionsError.self) { try SlackOptions(definition) }
        #expect(error?.description.contains(word) == true)
        #expect(PlatformFactory.problem(with: definition)?.contains(word) == true)
    }

    @Test func `An app token does without a signing secret, and then nothing is taken over HTTP`() throws {
        var definition = SlackFixture.definition(["app_token": .string("xapp-1")])
        definition.options["signing_secret"] = nil
        #expect(try SlackOptions(definition).signingSecret == nil)
    }

    @Test(arguments: [
        ("https://hooks.slack.com/commands/T1/2/3", true), ("https://hooks.slack-gov.com/x", true), ("http://127.0.0.1:80/response/1", true),
        ("http://hooks.slack.com/x", false), ("https://slack.com.evil.example/x", false), ("https://evil-slack.com/x", false),
        ("https://hooks.slack.com:8080/x", false), ("https://me@hooks.slack.com/x", false), ("http://127.0.0.1:81/x", false),
        ("http://169.254.169.254/", false), ("nonsense", false),
    ])
    func `Answers go to Slack alone`(url: String, isSlack: Bool) throws {
        let options = try SlackOptions(SlackFixture.definition(["api_url": .string("http://127.0.0.1:80/api/")]))
        #expect(options.apiURL == "http://127.0.0.1:80/api")
        #expect(options.isSlack(url) == isSlack)
    }
}
