extension NativeFormatter {
    func completion(of task: TaskSummary) -> String {
        var text = heading(of: task, "completed")
        if task.isVerbose { text += "\n" + measures(of: task) }
        return text
    }

    func failure(of task: TaskSummary) -> String {
        var text = heading(of: task, "failed")
        if task.isVerbose { text += "\n" + measures(of: task) }
        guard let failure = task.failure else { return text }
        return text + "\n" + error(ReplyError(level: .execution, code: failure.code, message: message(of: failure)))
    }

    func status(of task: TaskSummary) -> String {
        var lines = [
            "\(task.state.icon) \(dialect.bold("Task Status"))",
            field("ID", dialect.code(task.id.rawValue)),
            field("Status", task.state.title),
            field("Agent", dialect.code(task.agent)),
            field("Priority", task.priority.name),
        ]
        if !task.metadata.isEmpty { lines.append(field("Metadata", metadata(of: task))) }
        let input = preview(task.input)
        lines.append(field("Input", input.isEmpty ? "(empty)" : dialect.code(input)))
        lines.append(field("Attempts", "\(task.attempt)"))
        if let original = task.retryOf { lines.append(field("Retry of", dialect.code(original.rawValue))) }
        lines.append(field("Waited", DurationText.format(task.queued)))
        if let ran = task.ran { lines.append(field("Ran", DurationText.format(ran))) }
        if task.isVerbose { lines.append(field("Tokens", tokens(of: task.usage))) }
        if let failure = task.failure { lines.append(field("Error", dialect.text(message(of: failure)))) }
        lines += undelivered(task.undelivered)
        return lines.joined(separator: "\n")
    }

    /// Where replies were meant to go that were given up, and why.
    private func undelivered(_ letters: [DeadLetter]?) -> [String] {
        guard let letters, !letters.isEmpty else { return [] }
        let shown = letters.prefix(Self.listedMax).map { letter in
            "• \(dialect.code(preview(letter.destination))), \(moment(letter.createdAt)): \(dialect.text(preview(letter.error)))"
        }
        return [dialect.bold("Replies given up:")] + shown
    }

    func tasks(_ overview: TaskOverview) -> String {
        var lines = ["📋 \(dialect.bold("Task Overview"))"]
        for state in TaskState.allCases {
            lines.append("\(state.icon) \(state.title): \(overview.counts[state, default: 0])")
        }
        if !overview.active.isEmpty {
            lines += ["", dialect.bold("Active:")]
            lines += overview.active.prefix(Self.listedMax).map(line)
            let more = overview.more + max(0, overview.active.count - Self.listedMax)
            if more > 0 { lines.append("… and \(more) more") }
        }
        let finished = overview.finished.prefix(max(0, Self.listedMax - overview.active.count))
        if !finished.isEmpty { lines += ["", dialect.bold("Recently finished:")] + finished.map(line) }
        let undelivered = undelivered(overview.undelivered)
        if !undelivered.isEmpty { lines += [""] + undelivered }
        lines += ["", field("Capacity", "max concurrent \(overview.maxConcurrent), free \(overview.free)")]
        return lines.joined(separator: "\n")
    }

    /// A task in a list: its state, its id, its agent and what was asked.
    private func line(of task: TaskSummary) -> String {
        "\(task.state.icon) \(dialect.code(task.id.rawValue)) \(dialect.text(task.agent)): \(dialect.text(preview(task.input)))"
    }

    /// What became of a task: `✅ Task completed: 0a1b2c3d4e5f (triage)`.
    func heading(of task: TaskSummary, _ ending: String) -> String {
        "\(task.state.icon) Task \(ending): \(dialect.code(task.id.rawValue)) (\(dialect.text(task.agent)))"
    }

    /// The code is what people search for; most messages do not repeat it.
    private func message(of failure: TaskFailure) -> String {
        "\(failure.code): \(failure.message)"
    }

    private func measures(of task: TaskSummary) -> String {
        let ran = task.ran.map { "⏱ \(DurationText.format($0)), " } ?? ""
        return "\(ran)tokens \(tokens(of: task.usage))"
    }

    private func tokens(of usage: TokenUsage) -> String {
        "\(usage.input) in, \(usage.output) out"
    }

    private func metadata(of task: TaskSummary) -> String {
        let entries = task.metadata.sorted { $0.key < $1.key }
        let shown = entries.prefix(Self.listedMax).map { dialect.text("\(preview($0.key))=\(preview($0.value))") }
        let more = entries.count - shown.count
        return shown.joined(separator: ", ") + (more > 0 ? ", … and \(more) more" : "")
    }
}
