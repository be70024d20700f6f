import NightjarEngine
import Testing

@Suite struct NoticeFormatTests {
    @Test(
        "/run answers `✓ Task started: <id>`, up to the dialect's code marks",
        arguments: [
            ("slack", "✓ Task started: `0a1b2c3d4e5f`"), ("discord", "✓ Task started: `0a1b2c3d4e5f`"),
            ("telegram", "✓ Task started: <code>0a1b2c3d4e5f</code>"), ("whatsapp", "✓ Task started: 0a1b2c3d4e5f"),
            ("webhook", "✓ Task started: 0a1b2c3d4e5f"), ("terminal", "✓ Task started: 0a1b2c3d4e5f"),
            ("generic", "✓ Task started: 0a1b2c3d4e5f"), ("someday", "✓ Task started: 0a1b2c3d4e5f"),
        ])
    func acknowledgement(platform: String, expected: String) {
        #expect(NativeFormatter(platform: platform).format(.taskStarted(Sample.task(.pending))) == .text(expected))
    }

    @Test("A success is an icon and its text", arguments: Sample.platforms)
    func success(platform: String) {
        #expect(Sample.text(.success("Reloaded 4 files"), on: platform) == "✅ Reloaded 4 files")
    }

    @Test(
        "A completion carries the agent's output",
        arguments: [
            ("slack", "✅ Task completed: `0a1b2c3d4e5f` (code-analyzer)\n\nLooks **good**."),
            ("telegram", "✅ Task completed: <code>0a1b2c3d4e5f</code> (code-analyzer)\n\nLooks **good**."),
            ("webhook", "✅ Task completed: 0a1b2c3d4e5f (code-analyzer)\n\nLooks **good**."),
        ])
    func completion(platform: String, expected: String) {
        #expect(Sample.text(.taskCompleted(Sample.task(.completed)), on: platform) == expected)
    }

    @Test func aVerboseCompletionAddsDurationAndUsage() {
        let text = Sample.text(.taskCompleted(Sample.task(.completed, isVerbose: true)), on: "terminal")
        #expect(
            text == """
                ✅ Task completed: 0a1b2c3d4e5f (code-analyzer)
                ⏱ 1m 20s, tokens 1200 in, 34 out

                Looks **good**.
                """)
    }

    @Test("An empty output is said to be empty", arguments: ["", " \n", nil])
    func emptyOutput(output: String?) {
        let task = Sample.task(.completed) { $0.output = output }
        #expect(Sample.text(.taskCompleted(task), on: "webhook").hasSuffix("\n\n(no output)"))
    }

    @Test(
        "A failure carries its code and message",
        arguments: [
            ("slack", "❌ Task failed: `0a1b2c3d4e5f` (code-analyzer)\n❌ *Execution error*\n```\ntimeout: It took longer than 5m.\n```"),
            ("whatsapp", "❌ Task failed: 0a1b2c3d4e5f (code-analyzer)\nExecution error: timeout: It took longer than 5m."),
            ("terminal", "❌ Task failed: 0a1b2c3d4e5f (code-analyzer)\n❌ Execution error: timeout: It took longer than 5m."),
        ])
    func failure(platform: String, expected: String) {
        #expect(Sample.text(.taskFailed(Sample.task(.failed)), on: platform) == expected)
    }

    @Test func aCancelHasOneLine() {
        #expect(Sample.text(.taskCancelled(Sample.task(.cancelled)), on: "discord") == "🚫 Task cancelled: `0a1b2c3d4e5f` (code-analyzer)")
    }

    @Test func markdownOfAgentsGoesThroughTheRendererAndNothingElseDoes() {
        struct Bracketing: TextLayout {
            func render(markdown: String) -> [String] { ["<\(markdown)>"] }
            func split(_ text: String) -> [String] { [text] }
        }
        let formatter = NativeFormatter(platform: "slack", layout: Bracketing())
        #expect(formatter.format(.text("a & b")) == .text("<a & b>"))
        #expect(formatter.format(.success("a & b")) == .text("✅ a &amp; b"))
        #expect(formatter.format(.taskCompleted(Sample.task(.completed))).plainText.hasSuffix("\n\n<Looks **good**.>"))
        #expect(formatter.format(.status(Sample.task(.completed))).plainText.hasSuffix("\n<Looks **good**.>"))
        #expect(NativeFormatter(platform: "slack").format(.text("**a**")) == .text("**a**"))
    }
}
