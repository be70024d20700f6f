import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

/// What formatters and hooks are given.
@Suite struct ReplyValueTests {
    private static let task: TaskSummary = {
        var record = TaskRecord(
            id: TaskID(rawValue: "abcdefghijkl"), agent: "helper", input: "look",
            address: Address(platform: "slack", channel: "#ops", user: "U1"), priority: .high, metadata: ["env": "prod"],
            retryOf: TaskID(rawValue: "zyxwvutsrqpo"), createdAt: Timestamp(milliseconds: 0))
        record.state = .failed
        record.attempt = 2
        record.startedAt = Timestamp(milliseconds: 250)
        record.finishedAt = Timestamp(milliseconds: 1250)
        record.failure = TaskFailure(code: "timeout", message: "too slow")
        record.usage = TokenUsage(input: 5, output: 7)
        return TaskSummary(record, at: Timestamp(milliseconds: 9000), isVerbose: true)
    }()

    private static let taskTable: LuaValue = [
        "id": "abcdefghijkl", "state": "failed", "agent": "helper", "user": "slack:U1", "priority": "high", "metadata": ["env": "prod"],
        "input": "look", "error": ["code": "timeout", "message": "too slow"], "attempt": 2, "retry_of": "zyxwvutsrqpo",
        "usage": ["input": 5, "output": 7], "queued_ms": 250, "ran_ms": 1000, "created_at": "1970-01-01T00:00:00.000Z",
        "started_at": "1970-01-01T00:00:00.250Z", "finished_at": "1970-01-01T00:00:01.250Z", "verbose": true,
    ]

    private static let contents: [(content: ReplyContent, value: LuaValue)] = [
        (.text("**hi**"), "**hi**"), (.success("done"), "done"),
        (.error(ReplyError(level: .parse, code: "c", message: "m", hint: "h")), ["level": "parse", "code": "c", "message": "m", "hint": "h"]),
        (.error(ReplyError(level: .execution, code: "c", message: "m")), ["level": "execution", "code": "c", "message": "m"]),
        (.taskStarted(task), taskTable), (.taskCompleted(task), taskTable), (.taskFailed(task), taskTable),
        (.taskCancelled(task), taskTable), (.status(task), taskTable),
        (
            .list(TaskOverview(counts: [.running: 1], active: [task], more: 4, finished: [task], maxConcurrent: 10, free: 9)),
            [
                "counts": ["pending": 0, "running": 1, "completed": 0, "failed": 0, "cancelled": 0], "active": [taskTable], "more": 4,
                "finished": [taskTable], "max_concurrent": 10, "free": 9,
            ]
        ),
        (
            .agents([AgentSummary(name: "a", description: "d", model: "m", tools: ["t"])]),
            [
                ["name": "a", "description": "d", "model": "m", "tools": ["t"]]
            ]
        ),
        (
            .triggers([
                TriggerSummary(
                    name: "t", schedule: "every 5m", isPaused: true, next: nil, last: Timestamp(milliseconds: 0), firings: 1, failures: 2,
                    skipped: 3, dropped: 4, misfires: 5, late: 6)
            ]),
            [
                [
                    "name": "t", "schedule": "every 5m", "paused": true, "resting": false, "last": "1970-01-01T00:00:00.000Z",
                    "firings": 1, "failures": 2,
                    "skipped": 3, "dropped": 4, "misfires": 5, "late": 6,
                ]
            ]
        ),
        (
            .help(HelpPage(entries: [HelpPage.Entry(usage: "/x", description: "y")], defaultAgent: nil)),
            [
                "entries": [["usage": "/x", "description": "y"]]
            ]
        ),
    ]

    @Test(arguments: contents)
    func contentsBecomeTables(content: ReplyContent, value: LuaValue) {
        #expect(content.luaArgument == value)
    }

    @Test func emptyListsAreLists() {
        #expect(ReplyContent.agents([]).luaArgument.tableValue?.isList == true)
    }

    @Test func hooksSeeTheirEvent() {
        let event = HookEvent(
            point: .postTool, task: Self.task, input: "{}", tool: "pods", iteration: 2, output: "out",
            failure: TaskFailure(code: "c", message: "m"), duration: .milliseconds(1500))
        #expect(
            event.luaValue == [
                "point": "post_tool", "task": Self.taskTable, "input": "{}", "tool": "pods", "iteration": 2, "output": "out",
                "error": ["code": "c", "message": "m"], "duration_ms": 1500,
            ])
        #expect(HookEvent(point: .preTask, task: Self.task, input: "x").luaValue["output"] == nil)
    }

    private static let errors: [(error: any LuaHostErrorConvertible, code: String, message: String)] = [
        (HandlerFailure("no"), "refused", "no"), (TaskFailure(code: "timeout", message: "slow"), "timeout", "slow"),
        (StoreError(.full, "no room"), "store_full", "no room"), (EffectError(code: "connection", message: "gone"), "connection", "gone"),
        (EngineError(.notFound, "nothing"), "not_found", "nothing"), (TriggerError(.unknown, "no t"), "trigger_unknown", "no t"),
        (DurationTextError("bad"), "invalid_duration", "bad"),
        (ReplyError(level: .validation, code: "over_quota", message: "too many", hint: "wait"), "over_quota", "too many wait"),
        (JSONSyntaxError(problem: "p", line: 2, column: 3), "invalid_json", "invalid JSON: line 2, column 3: p"),
    ]

    @Test(arguments: errors)
    func engineErrorsHaveStableCodes(error: any LuaHostErrorConvertible, code: String, message: String) {
        #expect(error.luaHostError.code == code)
        #expect(error.luaHostError.message == message)
    }
}
