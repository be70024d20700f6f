import NightjarEngine
import Testing

/// Slack markdown with code block, Discord bold header with code block, Telegram inline code, WhatsApp plain text, generic
/// emoji + text.
@Suite struct ErrorFormatTests {
    private static let levels: [(ReplyError.Level, String)] = [
        (.parse, "Parse error"), (.validation, "Validation error"), (.execution, "Execution error"), (.platform, "Platform error"),
    ]

    @Test("The four levels on every platform", arguments: levels)
    func error(level: ReplyError.Level, title: String) {
        let content = ReplyContent.error(
            ReplyError(level: level, code: "x", message: "a < b", hint: "Usage: /run agent <name> <input>"))
        #expect(
            Sample.text(content, on: "slack")
                == "❌ *\(title)*\n```\na &lt; b\n```\nUsage: /run agent &lt;name&gt; &lt;input&gt;")
        #expect(Sample.text(content, on: "discord") == "❌ **\(title)**\n```\na < b\n```\nUsage: /run agent \\<name\\> \\<input\\>")
        #expect(
            Sample.text(content, on: "telegram")
                == "❌ <b>\(title)</b>: <code>a &lt; b</code>\nUsage: /run agent &lt;name&gt; &lt;input&gt;")
        #expect(Sample.text(content, on: "whatsapp") == "\(title): a < b\nUsage: /run agent <name> <input>")
        for platform in ["webhook", "terminal", "other"] {
            #expect(Sample.text(content, on: platform) == "❌ \(title): a < b\nUsage: /run agent <name> <input>")
        }
    }

    @Test("Without a hint there is no empty line", arguments: Sample.platforms)
    func noHint(platform: String) {
        let text = Sample.text(.error(ReplyError(level: .parse, code: "x", message: "wrong")), on: platform)
        #expect(!text.hasSuffix("\n") && text.contains("wrong"))
    }
}
