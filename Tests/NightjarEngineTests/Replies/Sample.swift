import NightjarEngine

/// The contents that the formatter's tests share.
enum Sample {
    static let id = TaskID(rawValue: "0a1b2c3d4e5f")
    static let platforms = ["slack", "discord", "telegram", "whatsapp", "webhook", "terminal"]
    /// 2026-01-31 12:00:00 UTC
    static let noon = Timestamp(milliseconds: 1_769_860_800_000)

    static func task(_ state: TaskState, change: (inout TaskRecord) -> Void = { _ in }, isVerbose: Bool = false) -> TaskSummary {
        var record = TaskRecord(
            id: id, agent: "code-analyzer", input: "Review this PR",
            address: Address(platform: "slack", channel: "C1", user: "U1"), createdAt: noon)
        record.state = state
        if state != .pending {
            record.attempt = 1
            record.startedAt = noon + .milliseconds(340)
        }
        if state.isFinal { record.finishedAt = noon + .milliseconds(80_340) }
        if state == .completed { record.output = "Looks **good**." }
        if state == .failed { record.failure = TaskFailure(code: "timeout", message: "It took longer than 5m.") }
        record.usage = TokenUsage(input: 1200, output: 34)
        change(&record)
        return TaskSummary(record, at: noon + .seconds(12), isVerbose: isVerbose)
    }

    static func text(_ content: ReplyContent, on platform: String) -> String {
        NativeFormatter(platform: platform).format(content).plainText
    }
}
