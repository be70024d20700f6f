import Testing

@testable import NightjarPlatforms

@Suite struct SlackTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"), ("&amp;lt;", "&lt;"),
        ("see <https://x.example/a?b=1&amp;c=2>", "see https://x.example/a?b=1&c=2"),
        ("<http://example.com|example.com>", "example.com"), ("<https://x.example|the page>", "the page (https://x.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"), ("<@U123>, please", "<@U123>, please"), ("<@U123|ann>", "<@U123>"),
        ("<#C123|ops> and <#C9>", "#ops and <#C9>"), ("<!here> <!channel>", "@here @channel"), ("<!subteam^S1|@oncall>", "@oncall"),
        ("<!date^1392734382^{date}|Feb 18>", "Feb 18"), ("a <b", "a <b"), ("a <b <https://x.example>", "a <b https://x.example"), ("<>", ""),
        ("zero\0byte", "zerobyte"), ("<!subteam^S1>", "@subteam"),
    ])
    func `Text is read as its author sees it`(mrkdwn: String, plain: String) {
        #expect(SlackText.plain(mrkdwn) == plain)
    }

    @Test(
        arguments: [
            ("<@U0BOT> hi", ["U0BOT"], "hi"), ("  <@U0BOT|nj> <@U0BOT> hi", ["U0BOT"], "hi"), ("<@U1> hi", ["U0BOT"], "<@U1> hi"),
            ("hi <@U0BOT>", ["U0BOT"], "hi <@U0BOT>"), ("<@U0BOT> <@U1> hi", [], "<@U1> hi"), ("<@U0BOT", ["U0BOT"], "<@U0BOT"),
        ] as [(String, [String], String)])
    func `Only the bot's mentions at the beginning are removed`(text: String, bots: [String], rest: String) {
        #expect(SlackText.removingMentions(of: bots, from: text) == rest)
    }

    @Test(arguments: [
        ("<!channel> <@U1> <#C1>", "<\u{2060}!channel> <\u{2060}@U1> <\u{2060}#C1>"), ("a < b <https://x>", "a < b <https://x>"),
        ("<<!here>", "<<\u{2060}!here>"),
    ])
    func `Markdown mentions nobody`(markdown: String, safe: String) {
        #expect(SlackText.withoutMentions(markdown) == safe)
    }

    @Test func `What is made safe piece by piece is the same in one`() {
        let whole = "<<!a><@b> <"
        for end in whole.indices {
            #expect(SlackText.withoutMentions(whole).hasPrefix(SlackText.withoutMentions(String(whole[..<end]))))
        }
    }
}
