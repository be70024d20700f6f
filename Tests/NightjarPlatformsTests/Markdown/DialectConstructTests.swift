import NightjarPlatforms
import Testing

/// Each construct of Markdown on each platform.
@Suite struct DialectConstructTests {
    struct Construct: Sendable, CustomTestStringConvertible {
        var name: String
        var markdown: String
        var slack: String
        var discord: String
        var telegram: String
        var whatsApp: String

        init(_ name: String, _ markdown: String, slack: String, discord: String, telegram: String, whatsApp: String) {
            (self.name, self.markdown, self.slack) = (name, markdown, slack)
            (self.discord, self.telegram, self.whatsApp) = (discord, telegram, whatsApp)
        }

        /// - Parameter all: what every platform shows.
        init(_ name: String, _ markdown: String, all: String) {
            self.init(name, markdown, slack: all, discord: all, telegram: all, whatsApp: all)
        }

        var testDescription: String { name }
    }

    @Test("Constructs", arguments: inlines + links + blocks + lists + tables)
    func construct(_ construct: Construct) {
        func shown(_ platform: String) -> String { MarkdownRenderer(platform: platform).text(construct.markdown) }
        #expect(shown("slack") == construct.slack)
        #expect(shown("discord") == construct.discord)
        #expect(shown("telegram") == construct.telegram)
        #expect(shown("whatsapp") == construct.whatsApp)
        #expect(shown("webhook") == construct.markdown)
        #expect(shown("terminal") == construct.markdown)
    }

    static let inlines = [
        Construct("text", "Hello, wörld 👩‍👩‍👧‍👦 שלום e\u{301}!", all: "Hello, wörld 👩‍👩‍👧‍👦 שלום e\u{301}!"),
        Construct("strong", "**a b**", slack: "*a b*", discord: "**a b**", telegram: "<b>a b</b>", whatsApp: "*a b*"),
        Construct("emphasis", "*a* _b_", slack: "_a_ _b_", discord: "*a* *b*", telegram: "<i>a</i> <i>b</i>", whatsApp: "_a_ _b_"),
        Construct("strikethrough", "~~a~~", slack: "~a~", discord: "~~a~~", telegram: "<s>a</s>", whatsApp: "~a~"),
        Construct(
            "nested marks", "**a *b* c**", slack: "*a _b_ c*", discord: "**a *b* c**", telegram: "<b>a <i>b</i> c</b>",
            whatsApp: "*a _b_ c*"),
        Construct(
            "both at once", "***a***", slack: "_*a*_", discord: "***a***", telegram: "<i><b>a</b></i>", whatsApp: "_*a*_"),
        Construct(
            "marks next to letters", "a**b**c", slack: "a\u{200B}*b*\u{200B}c", discord: "a**b**c", telegram: "a<b>b</b>c",
            whatsApp: "a\u{200B}*b*\u{200B}c"),
        Construct(
            "marks next to marks", "**a**_b_", slack: "*a*\u{200B}_b_", discord: "**a**\u{200B}*b*",
            telegram: "<b>a</b><i>b</i>", whatsApp: "*a*\u{200B}_b_"),
        Construct(
            "code", "`a < *b*`", slack: "`a &lt; *b*`", discord: "`a < *b*`", telegram: "<code>a &lt; *b*</code>",
            whatsApp: "`a < *b*`"),
        Construct(
            "code with back-quotes", "``a `b` c``", slack: "```a `b` c```", discord: "``a `b` c``", telegram: "<code>a `b` c</code>",
            whatsApp: "```a `b` c```"),
        Construct(
            "code beside a back-quote", "\\```a``", slack: "`\u{200B}`a`", discord: "\\`\u{200B}`a`", telegram: "`<code>a</code>",
            whatsApp: "`\u{200B}`a`"),
        Construct(
            "code in bold", "**a `b`**", slack: "*a `b`*", discord: "**a `b`**", telegram: "<b>a</b> <code>b</code>", whatsApp: "*a `b`*"),
        Construct("line breaks", "a\nb  \nc\\\nd", all: "a\nb\nc\nd"),
        Construct(
            "marks over lines", "**a\nb**", slack: "*a*\n*b*", discord: "**a**\n**b**", telegram: "<b>a</b>\n<b>b</b>",
            whatsApp: "*a*\n*b*"),
        Construct(
            "raw HTML", "<b>a</b> <!-- c -->", slack: "&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt;", discord: "\\<b\\>a\\</b\\> \\<!-- c --\\>",
            telegram: "&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt;", whatsApp: "<b>a</b> <!-- c -->"),
        Construct("a break in HTML", "a<br>b<BR />c", all: "a\nb\nc"),
        Construct(
            "characters that are marks", #"\*a\* 2 * 3 snake_case_name ~5"#, slack: "*\u{200B}a\u{200B}* 2 * 3 snake_case_name ~\u{200B}5",
            discord: #"\*a\* 2 \* 3 snake\_case\_name \~5"#, telegram: "*a* 2 * 3 snake_case_name ~5",
            whatsApp: "*\u{200B}a\u{200B}* 2 * 3 snake_case_name ~\u{200B}5"),
        Construct("entities", "&lt; &amp; &copy;", slack: "&lt; &amp; ©", discord: "\\< & ©", telegram: "&lt; &amp; ©", whatsApp: "< & ©"),
        Construct(
            "mentions", "<!channel> @everyone `@here` <@1>", slack: "&lt;!channel&gt; @everyone `@here` &lt;@1&gt;",
            discord: "\\<!channel\\> @\u{200B}everyone `@\u{200B}here` \\<@\u{200B}1\\>",
            telegram: "&lt;!channel&gt; @everyone <code>@here</code> &lt;@1&gt;", whatsApp: "<!channel> @everyone `@here` <@1>"),
    ]

    static let links = [
        Construct(
            "link", "[a *b*](https://c.d?e=1&f=2 \"title\")", slack: "<https://c.d?e=1&amp;f=2|a> _<https://c.d?e=1&amp;f=2|b>_",
            discord: "[a *b*](https://c.d?e=1&f=2)", telegram: "<a href=\"https://c.d?e=1&amp;f=2\">a <i>b</i></a>",
            whatsApp: "a _b_ (https://c.d?e=1&f=2)"),
        Construct(
            "autolink", "https://a.b/c_d_e and https://f.g", slack: "<https://a.b/c_d_e> and <https://f.g>",
            discord: "https://a.b/c_d_e and https://f.g", telegram: "https://a.b/c_d_e and https://f.g",
            whatsApp: "https://a.b/c_d_e and https://f.g"),
        Construct(
            "autolink before other text", "(<https://a.b>)", slack: "(<https://a.b>)", discord: "(<https://a.b>)",
            telegram: "(https://a.b)",
            whatsApp: "(https://a.b)"),
        Construct("address of mail", "<a@b.c>", slack: "<mailto:a@b.c|a@b.c>", discord: "a@b.c", telegram: "a@b.c", whatsApp: "a@b.c"),
        Construct("address of a script", "[a](javascript:alert)", all: "a (javascript:alert)"),
        Construct("relative address", "[a](b.md)", all: "a (b.md)"),
        Construct("no address", "[a]()", all: "a"),
        Construct(
            "no text", "[](https://a.b)", slack: "<https://a.b>", discord: "https://a.b", telegram: "https://a.b",
            whatsApp: "https://a.b"),
        Construct(
            "text that is another address", "[https://good.com](https://bad.com)", slack: "<https://bad.com|https://good.com>",
            discord: "https://bad.com", telegram: "<a href=\"https://bad.com\">https://good.com</a>",
            whatsApp: "https://good.com (https://bad.com)"),
        Construct(
            "address that would end the link", "[a](<https://b.c/(d)|e\"*@everyone>)", slack: "<https://b.c/(d)%7Ce%22*@everyone|a>",
            discord: "[a](https://b.c/%28d%29%7Ce%22*%40everyone)", telegram: "<a href=\"https://b.c/(d)%7Ce%22*@everyone\">a</a>",
            whatsApp: "a (https://b.c/(d)%7Ce%22%2A@everyone)"),
        Construct(
            "image", "![a](https://b.c/d.png)", slack: "<https://b.c/d.png|a>", discord: "[a](https://b.c/d.png)",
            telegram: "<a href=\"https://b.c/d.png\">a</a>", whatsApp: "a (https://b.c/d.png)"),
        Construct(
            "image in a link", "[![a](https://b.c)](https://d.e)", slack: "<https://d.e|a>", discord: "[a](https://d.e)",
            telegram: "<a href=\"https://d.e\">a</a>", whatsApp: "a (https://b.c) (https://d.e)"),
        Construct(
            "code in a link", "[`a`](https://b.c)", slack: "<https://b.c|a>", discord: "[`a`](https://b.c)",
            telegram: "<a href=\"https://b.c\">a</a>", whatsApp: "`a` (https://b.c)"),
        Construct(
            "link by reference", "[a][1]\n\n[1]: https://b.c", slack: "<https://b.c|a>", discord: "[a](https://b.c)",
            telegram: "<a href=\"https://b.c\">a</a>", whatsApp: "a (https://b.c)"),
    ]

    static let blocks = [
        Construct("paragraphs", "a\n\n\nb", all: "a\n\nb"),
        Construct("heading", "## a **b**", slack: "*a b*", discord: "## a **b**", telegram: "<b>a b</b>", whatsApp: "*a b*"),
        Construct("deep heading", "#### a", slack: "*a*", discord: "**a**", telegram: "<b>a</b>", whatsApp: "*a*"),
        Construct(
            "code block", "```swift\nlet a = \"<\"\n\n  b\n```", slack: "```\nlet a = \"&lt;\"\n\n  b\n```",
            discord: "```swift\nlet a = \"<\"\n\n  b\n```",
            telegram: "<pre><code class=\"language-swift\">let a = \"&lt;\"\n\n  b</code></pre>",
            whatsApp: "```\nlet a = \"<\"\n\n  b\n```"),
        Construct(
            "code block with a fence in it", "````\n```\na\n```\n````", slack: "```\n``\u{200B}`\na\n``\u{200B}`\n```",
            discord: "```\n``\u{200B}`\na\n``\u{200B}`\n```", telegram: "<pre>```\na\n```</pre>",
            whatsApp: "```\n``\u{200B}`\na\n``\u{200B}`\n```"),
        Construct(
            "language that is none", "```\"><b>\na\n```", slack: "```\na\n```", discord: "```\na\n```", telegram: "<pre>a</pre>",
            whatsApp: "```\na\n```"),
        Construct(
            "indented code", "    a\n    b", slack: "```\na\nb\n```", discord: "```\na\nb\n```", telegram: "<pre>a\nb</pre>",
            whatsApp: "```\na\nb\n```"),
        Construct(
            "quote", "> a\n> b\n>\n> c", slack: "> a\n> b\n> \n> c", discord: "> a\n> b\n> \n> c",
            telegram: "<blockquote>a\nb\n\nc</blockquote>", whatsApp: "> a\n> b\n> \n> c"),
        Construct(
            "quote in a quote", "> a\n> > b", slack: "> a\n> \n> &gt; b", discord: "> a\n> \n> \\> b",
            telegram: "<blockquote>a\n\n&gt; b</blockquote>", whatsApp: "> a\n> \n> > b"),
        Construct(
            "code in a quote", "> a\n> ```\n> b\n> ```\n\nc", slack: "> a\n\n```\nb\n```\n\nc", discord: "> a\n\n```\nb\n```\n\nc",
            telegram: "<blockquote>a</blockquote>\n\n<pre>b</pre>\n\nc", whatsApp: "> a\n\n```\nb\n```\n\nc"),
        Construct(
            "text like a quote", "\\> a", slack: "\u{200B}&gt; a", discord: "\u{200B}\\> a", telegram: "&gt; a", whatsApp: "\u{200B}> a"),
        Construct(
            "text like a list", "1\\. a\n\\- b", slack: "1. a\n- b", discord: "\u{200B}1. a\n\u{200B}- b", telegram: "1. a\n- b",
            whatsApp: "\u{200B}1. a\n\u{200B}- b"),
        Construct("rule", "a\n\n---\n\nb", all: "a\n\n──────────\n\nb"),
        Construct(
            "HTML block", "<div>\n*a*\n</div>", slack: "&lt;div&gt;\n*\u{200B}a\u{200B}*\n&lt;/div&gt;",
            discord: "\\<div\\>\n\\*a\\*\n\\</div\\>",
            telegram: "&lt;div&gt;\n*a*\n&lt;/div&gt;", whatsApp: "<div>\n*\u{200B}a\u{200B}*\n</div>"),
    ]

    static let lists = [
        Construct("bullets", "- a\n- b", slack: "• a\n• b", discord: "- a\n- b", telegram: "• a\n• b", whatsApp: "- a\n- b"),
        Construct("numbers", "9. a\n10. b", all: "9. a\n10. b"),
        Construct(
            "nested list", "1. a\n   - b\n\n     c\n2. d", slack: "1. a\n   • b\n\n     c\n2. d", discord: "1. a\n   - b\n\n     c\n2. d",
            telegram: "1. a\n   • b\n\n     c\n2. d", whatsApp: "1. a\n   - b\n\n     c\n2. d"),
        Construct(
            "loose list", "- a\n\n- b", slack: "• a\n\n• b", discord: "- a\n\n- b", telegram: "• a\n\n• b", whatsApp: "- a\n\n- b"),
        Construct(
            "task list", "- [ ] a\n- [x] b", slack: "• ☐ a\n• ☑ b", discord: "- ☐ a\n- ☑ b", telegram: "• ☐ a\n• ☑ b",
            whatsApp: "- ☐ a\n- ☑ b"),
        Construct(
            "lines in an item", "- a\n  b", slack: "• a\n  b", discord: "- a\n  b", telegram: "• a\n  b", whatsApp: "- a\n  b"),
        Construct(
            "code in an item", "- a\n  ```\n  b\n  ```\n- c", slack: "• a\n```\nb\n```\n• c", discord: "- a\n```\nb\n```\n- c",
            telegram: "• a\n<pre>b</pre>\n• c", whatsApp: "- a\n```\nb\n```\n- c"),
        Construct(
            "list in a quote", "> - a", slack: "> • a", discord: "> - a", telegram: "<blockquote>• a</blockquote>", whatsApp: "> - a"),
    ]

    static let tables = [
        Construct(
            "table", "|Name|N|\n|:-|-:|\n|**中**|1|\n|e\u{301} 👩‍👩‍👧‍👦|22|",
            slack: "```\nName |  N\n-----|---\n中   |  1\ne\u{301} 👩‍👩‍👧‍👦 | 22\n```",
            discord: "```\nName |  N\n-----|---\n中   |  1\ne\u{301} 👩‍👩‍👧‍👦 | 22\n```",
            telegram: "<pre>Name |  N\n-----|---\n中   |  1\ne\u{301} 👩‍👩‍👧‍👦 | 22</pre>",
            whatsApp: "```\nName |  N\n-----|---\n中   |  1\ne\u{301} 👩‍👩‍👧‍👦 | 22\n```"),
        Construct(
            "wide table", "|A|B|\n|-|-|\n|\(long)|[x](https://y.z)|\n|c||", slack: "*A:* \(long)\n*B:* <https://y.z|x>\n\n*A:* c",
            discord: "**A:** \(long)\n**B:** [x](https://y.z)\n\n**A:** c",
            telegram: "<b>A:</b> \(long)\n<b>B:</b> <a href=\"https://y.z\">x</a>\n\n<b>A:</b> c",
            whatsApp: "*A:* \(long)\n*B:* x (https://y.z)\n\n*A:* c"),
    ]

    private static let long = String(repeating: "long ", count: 14) + "end"
}
