extension NativeFormatter {
    func agents(_ agents: [AgentSummary]) -> String {
        list("🤖", "Agents", of: agents, empty: "No agents are defined.") { agent in
            let description = agent.description.isEmpty ? "" : ": " + dialect.text(preview(agent.description))
            let tools = agent.tools.isEmpty ? "" : "; tools \(agent.tools.joined(separator: ", "))"
            return "\(dialect.code(agent.name))\(description) (\(dialect.text("model \(agent.model)\(tools)")))"
        }
    }

    func triggers(_ triggers: [TriggerSummary]) -> String {
        let text = list("⏰", "Triggers", of: triggers, empty: "No triggers are defined.") { trigger in
            let head = "\(dialect.code(trigger.name)) \(dialect.text(trigger.schedule))"
            if trigger.isResting { return head }
            var times = ["last \(moment(trigger.last))"]
            if trigger.path == nil { times.insert(trigger.isPaused ? "paused" : "next \(moment(trigger.next))", at: 0) }
            let counts = "fired \(trigger.firings), failed \(trigger.failures), skipped \(trigger.skipped)"
            return "\(head): \(times.joined(separator: ", ")); \(counts)"
        }
        return triggers.contains(where: \.isResting) ? text + "\n\nTriggers do not run in chat; nightjar run runs them." : text
    }

    func help(_ page: HelpPage) -> String {
        let commands = list("📖", "Commands", of: page.entries, empty: "You may use no commands.") { entry in
            let description = entry.description.isEmpty ? "" : ": " + dialect.text(entry.description)
            return dialect.code(entry.usage) + description
        }
        guard let agent = page.defaultAgent else { return commands }
        return "\(commands)\n\nAnything else you write goes to \(dialect.code(agent))."
    }

    private func list<Item>(
        _ icon: String, _ title: String, of items: [Item], empty: String, line: (Item) -> String
    ) -> String {
        guard !items.isEmpty else { return "\(icon) \(empty)" }
        return (["\(icon) \(dialect.bold(title))"] + items.map { "• " + line($0) }).joined(separator: "\n")
    }

    /// To the second, in UTC: `2026-01-31 12:00:00 UTC`.
    func moment(_ moment: Timestamp?) -> String {
        guard let moment else { return "never" }
        return moment.iso8601.prefix(19).replacing("T", with: " ") + " UTC"
    }
}
