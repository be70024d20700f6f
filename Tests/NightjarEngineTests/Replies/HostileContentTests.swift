import NightjarEngine
import Testing

/// What people and models write cannot break out of its place.
@Suite struct HostileContentTests {
    private static let hostile = "a ``` b `c` </code><b>x</b> <!channel> *d* _e_ \u{1B}[2J & ||f||"

    private func status(_ input: String, on platform: String) -> Substring {
        let lines = Sample.text(.status(Sample.task(.running) { $0.input = input }), on: platform).split(separator: "\n")
        return lines.first { $0.contains("Input:") } ?? ""
    }

    @Test(
        "An input preview keeps inside its code mark",
        arguments: [
            ("slack", "*Input:* `a ˋˋˋ b ˋcˋ &lt;/code&gt;&lt;b&gt;x&lt;/b&gt; &lt;!channel&gt; *d* _e_ [2J &amp; ||f||`"),
            ("discord", "**Input:** `a ˋˋˋ b ˋcˋ </code><b>x</b> <!channel> *d* _e_ [2J & ||f||`"),
            (
                "telegram",
                "<b>Input:</b> <code>a ``` b `c` &lt;/code&gt;&lt;b&gt;x&lt;/b&gt; &lt;!channel&gt; *d* _e_ [2J &amp; ||f||</code>"
            ),
            ("whatsapp", "*Input:* a `\u{200B}`\u{200B}` b `c` </code><b>x</b> <!channel> *d* _e_ [2J & ||f||"),
            ("terminal", "Input: a ``` b `c` </code><b>x</b> <!channel> *d* _e_ [2J & ||f||"),
        ])
    func preview(platform: String, expected: String) {
        #expect(status(Self.hostile, on: platform) == expected)
    }

    @Test("The message of an error keeps inside its code block", arguments: ["slack", "discord"])
    func codeBlock(platform: String) {
        let error = ReplyError(level: .execution, code: "x", message: "a\n```\n<!everyone> ``````", hint: "see ```this```")
        let text = Sample.text(.error(error), on: platform)
        #expect(text.components(separatedByFence: "```") == 3)
        if platform == "slack" { #expect(!text.contains("<!")) }
    }

    @Test func discordTextIsEscaped() {
        let text = Sample.text(.success(##"*a* _b_ `c` <@1> ||d|| # [e](f) \"##), on: "discord")
        #expect(text == ##"✅ \*a\* \_b\_ \`c\` \<@1\> \|\|d\|\| \# \[e\](f) \\"##)
    }

    @Test func noMessageControlsTheTerminal() {
        let error = ReplyError(level: .execution, code: "x", message: "a\u{1B}[2J\u{7}b\u{9B}c", hint: "\u{1B}]0;x\u{7}")
        let text = Sample.text(.error(error), on: "terminal")
        #expect(text == "❌ Execution error: a[2Jbc\n]0;x")
    }

    @Test("Random contents never break a mark", arguments: 0..<10)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let text = random.hostileText(pieces: 20)
            let task = Sample.task(.failed) {
                $0.input = text
                $0.agent = text
                $0.metadata = [text: text]
                $0.failure = TaskFailure(code: "x", message: text)
            }
            var letter = OutboxEntry(
                address: Address(platform: "slack", channel: text, thread: text, user: "u"), content: .text(""),
                createdAt: Timestamp(milliseconds: 0))
            letter.lastError = text
            let overview = TaskOverview(
                counts: [:], active: [task], more: 0, finished: [task], maxConcurrent: 1, free: 0, undelivered: [DeadLetter(letter)])
            let contents: [ReplyContent] = [
                .status(task), .taskFailed(task), .taskStarted(task), .list(overview),
                .error(ReplyError(level: .parse, code: "x", message: text, hint: text)),
                .agents([AgentSummary(name: text, description: text, model: text, tools: [text])]),
            ]
            for content in contents {
                let telegram = Sample.text(content, on: "telegram")
                #expect(telegram.tagsAreBalanced, "\(telegram.debugDescription)")
                #expect(!Sample.text(content, on: "slack").unicodeScalars.contains("<"))
                for platform in ["slack", "discord"] {
                    #expect(Sample.text(content, on: platform).components(separatedByFence: "```") % 2 == 1)
                }
                #expect(!Sample.text(content, on: "terminal").unicodeScalars.contains("\u{1B}"))
            }
        }
    }
}

extension String {
    /// Parts between fences, counted on scalars as a platform reads them.
    fileprivate func components(separatedByFence fence: String) -> Int {
        let scalars = Array(unicodeScalars)
        let mark = Array(fence.unicodeScalars)
        var parts = 1
        var index = 0
        while index + mark.count <= scalars.count {
            let isFence = scalars[index..<index + mark.count].elementsEqual(mark)
            parts += isFence ? 1 : 0
            index += isFence ? mark.count : 1
        }
        return parts
    }

    /// Only `<b>` and `<code>`, each closed before another opens, and no stray angle bracket.
    fileprivate var tagsAreBalanced: Bool {
        var open: String?
        var rest = unicodeScalars[...]
        while let start = rest.firstIndex(where: { $0 == "<" || $0 == ">" }) {
            guard rest[start] == "<", let end = rest[start...].firstIndex(of: ">") else { return false }
            let tag = String(String.UnicodeScalarView(rest[rest.index(after: start)..<end]))
            switch (open, tag) {
            case (nil, "b"), (nil, "code"): open = tag
            case ("b", "/b"), ("code", "/code"): open = nil
            default: return false
            }
            rest = rest[rest.index(after: end)...]
        }
        return open == nil
    }
}
