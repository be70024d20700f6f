import NightjarEngine
import Testing

@Suite struct ListFormatTests {
    private func overview(active: Int, more: Int = 0, finished: Int = 0) -> ReplyContent {
        let task = Sample.task(.running)
        let ended = Sample.task(.failed) { $0.id = TaskID(rawValue: "fffffffffff0") }
        return .list(
            TaskOverview(
                counts: [.pending: 2, .running: 1, .completed: 40], active: Array(repeating: task, count: active), more: more,
                finished: Array(repeating: ended, count: finished), maxConcurrent: 10, free: 9))
    }

    @Test func tasksHaveCountsActiveOnesAndCapacity() {
        #expect(
            Sample.text(overview(active: 1), on: "webhook") == """
                📋 Task Overview
                ⏳ Pending: 2
                ▶️ Running: 1
                ✅ Completed: 40
                ❌ Failed: 0
                🚫 Cancelled: 0

                Active:
                ▶️ 0a1b2c3d4e5f code-analyzer: Review this PR

                Capacity: max concurrent 10, free 9
                """)
        let slack = Sample.text(overview(active: 1), on: "slack")
        #expect(slack.hasPrefix("📋 *Task Overview*\n⏳ Pending: 2\n"))
        #expect(slack.contains("\n▶️ `0a1b2c3d4e5f` code-analyzer: Review this PR\n\n*Capacity:* max concurrent 10, free 9"))
    }

    @Test func repliesThatWereGivenUpSayWhereTheyShouldHaveGone() {
        var letter = OutboxEntry(
            address: Address(platform: "slack", channel: "#ops", thread: "17", user: "u"), content: .text("x"),
            createdAt: Timestamp(milliseconds: 1_767_225_600_000))
        letter.lastError = "channel_not_found"
        let undelivered = [DeadLetter(letter)]
        let list = ReplyContent.list(TaskOverview(counts: [:], active: [], more: 0, maxConcurrent: 1, free: 1, undelivered: undelivered))
        let line = "Replies given up:\n• slack:#ops, thread 17, 2026-01-01 00:00:00 UTC: channel_not_found"
        #expect(Sample.text(list, on: "webhook").contains("\n\n\(line)\n\nCapacity: "))
        var task = Sample.task(.completed)
        task.undelivered = undelivered
        let status = ReplyContent.status(task)
        #expect(Sample.text(status, on: "webhook").contains("\n\(line)"))
        #expect(Sample.text(status, on: "slack").contains("\n*Replies given up:*\n• `slack:#ops, thread 17`, "))
    }

    @Test("At most ten active ones, with “and N more”", arguments: [(10, 0, 10, nil), (10, 3, 10, 3), (12, 0, 10, 2), (12, 3, 10, 5)])
    func overflow(active: Int, more: Int, shown: Int, rest: Int?) {
        let text = Sample.text(overview(active: active, more: more), on: "terminal")
        #expect(text.split(separator: "\n").count { $0.contains("0a1b2c3d4e5f") } == shown)
        #expect(text.contains("more") == (rest != nil))
        if let rest { #expect(text.contains("\n… and \(rest) more\n")) }
    }

    @Test("Finished ones follow, apart, while there is room on the page", arguments: [(0, 3, 3), (0, 12, 10), (8, 10, 2), (10, 10, 0)])
    func finishedOnes(active: Int, finished: Int, shown: Int) {
        let text = Sample.text(overview(active: active, finished: finished), on: "slack")
        let line = "❌ `fffffffffff0` code-analyzer: Review this PR"
        #expect(text.split(separator: "\n").count { $0 == line } == shown)
        #expect(text.contains("\n\n*Recently finished:*\n\(line)\n") == (shown > 0))
        #expect(text.hasSuffix("\n\n*Capacity:* max concurrent 10, free 9"))
    }

    @Test func withoutActiveTasksThereIsNoHeading() {
        #expect(!Sample.text(overview(active: 0), on: "terminal").contains("Active"))
    }

    @Test func agents() {
        let agents: ReplyContent = .agents([
            AgentSummary(name: "triage", description: "Sorts <alerts>", model: "claude", tools: ["pods", "mcp:git/*"]),
            AgentSummary(name: "plain", description: "", model: "offline", tools: []),
        ])
        #expect(
            Sample.text(agents, on: "telegram") == """
                🤖 <b>Agents</b>
                • <code>triage</code>: Sorts &lt;alerts&gt; (model claude; tools pods, mcp:git/*)
                • <code>plain</code> (model offline)
                """)
        #expect(Sample.text(.agents([]), on: "telegram") == "🤖 No agents are defined.")
    }

    @Test func triggers() {
        var paused = TriggerSummary(
            name: "once", schedule: "after 10m", isPaused: true, next: nil, last: nil, firings: 0, failures: 0, skipped: 0)
        let running = TriggerSummary(
            name: "digest", schedule: "every 5m", isPaused: false, next: Sample.noon + .seconds(300), last: Sample.noon, firings: 3,
            failures: 1, skipped: 2)
        #expect(
            Sample.text(.triggers([running, paused]), on: "slack") == """
                ⏰ *Triggers*
                • `digest` every 5m: next 2026-01-31 12:05:00 UTC, last 2026-01-31 12:00:00 UTC; fired 3, failed 1, skipped 2
                • `once` after 10m: paused, last never; fired 0, failed 0, skipped 0
                """)
        paused.isPaused = false
        #expect(Sample.text(.triggers([paused]), on: "terminal").contains("next never"))
        let resting = TriggerSummary(resting: TriggerDefinition(name: "beat", schedule: .every(.seconds(60))) { _ in .none })
        #expect(
            Sample.text(.triggers([resting]), on: "terminal") == """
                ⏰ Triggers
                • beat every 1m

                Triggers do not run in chat; nightjar run runs them.
                """)
        #expect(Sample.text(.triggers([]), on: "terminal") == "⏰ No triggers are defined.")
    }

    @Test func help() {
        let page = HelpPage(
            entries: [.init(usage: "/run agent <name> <input>", description: "Start a task"), .init(usage: "/x", description: "")],
            defaultAgent: "helper")
        #expect(
            Sample.text(.help(page), on: "telegram") == """
                📖 <b>Commands</b>
                • <code>/run agent &lt;name&gt; &lt;input&gt;</code>: Start a task
                • <code>/x</code>

                Anything else you write goes to <code>helper</code>.
                """)
        let bare = HelpPage(entries: page.entries, defaultAgent: nil)
        #expect(Sample.text(.help(bare), on: "terminal").hasSuffix("\n• /x"))
    }
}
