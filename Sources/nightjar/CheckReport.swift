import NightjarEngine
import NightjarScripting

/// What `nightjar check` found.
struct CheckReport {
    let problems: [ScriptProblem]
    /// Nil when there are errors.
    let definitions: Definitions?
    let now: Timestamp

    static let firingsShown = 3

    var text: String {
        var lines = problems.isEmpty ? [] : [ProblemReport.text(problems)]
        guard let definitions else { return lines.joined(separator: "\n") }
        lines.append(Inventory(definitions).text)
        for trigger in definitions.triggers {
            lines.append("  \(trigger.name): \(trigger.schedule.description), next \(nextInWords(trigger))")
        }
        lines.append("ok")
        return lines.joined(separator: "\n")
    }

    var json: String {
        let listed = problems.map { problem -> JSONValue in
            [
                "file": .string(problem.file), "line": .integer(Int64(problem.line)), "message": .string(problem.message),
                "severity": .string(problem.severity.rawValue),
            ]
        }
        let triggers = (definitions?.triggers ?? []).map { trigger -> JSONValue in
            [
                "name": .string(trigger.name), "schedule": .string(trigger.schedule.description),
                "next": .array(next(trigger).map { .string($0.iso8601) }),
            ]
        }
        return JSONValue.object([
            "ok": .bool(definitions != nil), "problems": .array(listed), "triggers": .array(triggers),
            "agents": .array((definitions?.agents.keys.sorted() ?? []).map(JSONValue.string)),
            "commands": .array((definitions?.commands.keys.sorted() ?? []).map(JSONValue.string)),
        ]).text
    }

    private func nextInWords(_ trigger: TriggerDefinition) -> String {
        if case .at(let moment) = trigger.schedule, moment <= now { return "at once, for that is past, unless it has fired before" }
        return next(trigger).map(\.iso8601).joined(separator: ", ")
    }

    private func next(_ trigger: TriggerDefinition) -> [Timestamp] {
        trigger.schedule.firings(after: now, limit: Self.firingsShown)
    }
}
