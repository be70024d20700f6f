package import LuaRuntime
package import NightjarEngine

extension LuaValue {
    /// A task as formatters, hooks and `tasks` show it; the names are those of the HTTP API.
    package init(_ task: TaskSummary) {
        self = .record([
            "id": .string(task.id.rawValue), "state": .string(task.state.rawValue), "agent": .string(task.agent),
            "user": .string(task.user), "priority": .string(task.priority.name),
            "metadata": .table(LuaTable(fields: Dictionary(uniqueKeysWithValues: task.metadata.map { (.string($0), .string($1)) }))),
            "input": .string(task.input), "output": .text(task.output), "error": task.failure.map(LuaValue.init) ?? .nil,
            "attempt": .integer(Int64(task.attempt)), "retry_of": .text(task.retryOf?.rawValue), "usage": LuaValue(task.usage),
            "queued_ms": .milliseconds(task.queued), "ran_ms": .milliseconds(task.ran), "created_at": .moment(task.createdAt),
            "started_at": .moment(task.startedAt), "finished_at": .moment(task.finishedAt), "verbose": .bool(task.isVerbose),
            "undelivered": .list(task.undelivered),
        ])
    }

    package init(_ letter: DeadLetter) {
        self = ["to": .string(letter.destination), "error": .string(letter.error), "created_at": .moment(letter.createdAt)]
    }

    private static func list(_ letters: [DeadLetter]?) -> LuaValue { letters.map { .list($0.map { LuaValue($0) }) } ?? .nil }

    package init(_ failure: TaskFailure) {
        self = ["code": .string(failure.code), "message": .string(failure.message)]
    }

    package init(_ usage: TokenUsage) {
        self = ["input": .integer(Int64(usage.input)), "output": .integer(Int64(usage.output))]
    }

    /// Every state has its count, also when it is zero.
    package init(_ overview: TaskOverview) {
        let counts = TaskState.allCases.map { (LuaKey.string($0.rawValue), LuaValue.integer(Int64(overview.counts[$0, default: 0]))) }
        self = .record([
            "counts": .table(LuaTable(fields: Dictionary(uniqueKeysWithValues: counts))),
            "active": .list(overview.active.map { LuaValue($0) }), "more": .integer(Int64(overview.more)),
            "finished": .list(overview.finished.map { LuaValue($0) }),
            "max_concurrent": .integer(Int64(overview.maxConcurrent)), "free": .integer(Int64(overview.free)),
            "undelivered": .list(overview.undelivered),
        ])
    }

    package init(_ error: ReplyError) {
        self = .record([
            "level": .string(error.level.rawValue), "code": .string(error.code), "message": .string(error.message),
            "hint": .text(error.hint),
        ])
    }

    package init(_ agent: AgentSummary) {
        self = [
            "name": .string(agent.name), "description": .string(agent.description), "model": .string(agent.model),
            "tools": .list(agent.tools.map(LuaValue.string)),
        ]
    }

    package init(_ trigger: TriggerSummary) {
        self = .record([
            "name": .string(trigger.name), "schedule": .string(trigger.schedule), "paused": .bool(trigger.isPaused),
            "resting": .bool(trigger.isResting), "path": .text(trigger.path),
            "next": .moment(trigger.next), "last": .moment(trigger.last), "firings": .integer(Int64(trigger.firings)),
            "failures": .integer(Int64(trigger.failures)), "skipped": .integer(Int64(trigger.skipped)),
            "dropped": .integer(Int64(trigger.dropped)), "misfires": .integer(Int64(trigger.misfires)),
            "late": .integer(Int64(trigger.late)),
        ])
    }

    package init(_ page: HelpPage) {
        self = .record([
            "entries": .list(page.entries.map { ["usage": .string($0.usage), "description": .string($0.description)] }),
            "default_agent": .text(page.defaultAgent),
        ])
    }
}
