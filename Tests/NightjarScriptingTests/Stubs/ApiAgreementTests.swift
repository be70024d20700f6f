import Logging
import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

/// What the descriptions promise is what scripts find.
@Suite struct ApiAgreementTests {
    private struct Nowhere: HTTPFetcher, ProcessRunner {
        func fetch(_ request: FetchRequest) async throws -> FetchResponse { throw CancellationError() }
        func run(_ command: ProcessCommand) async throws -> ProcessOutcome { throw CancellationError() }
    }

    /// Names that a module's own Lua code takes away again.
    private static let hidden: Set<String> = ["decode_waiting"]

    private var libraries: [LuaLibrary] {
        let secrets = SecretResolver(environment: [:])
        return [
            .http(Nowhere(), secrets), .json, .exec(Nowhere(), secrets), .time(.system), .sleep(.system), .secrets(secrets), .tasks,
            .agents, .triggers, .environment(secrets), .log(ScriptLog(Logger(label: "test"), secrets)), .concurrency,
        ]
    }

    @Test func everyFunctionOfTheModulesIsDescribed() {
        for library in libraries {
            let found = Set(library.functions.map(\.name)).subtracting(Self.hidden)
            if library.path.isEmpty {
                #expect(found.subtracting(ApiNames.globals) == [])
                #expect(Set(library.constants.keys).subtracting(ApiNames.globals) == [])
            } else {
                let module = ApiModule.all.first { $0.name == library.path }
                #expect(Set(module?.functions.map(\.name) ?? []) == found, "\(library.path)")
                #expect(Set(module?.constants.map(\.name) ?? []) == Set(library.constants.keys))
            }
        }
    }

    @Test func everyMethodOfTheContextIsDescribed() throws {
        let context = try #require(ApiModule.context.classes.first { $0.name == "nightjar.Context" })
        #expect(Set(context.methods.map(\.name)) == Set(ContextObject.methodNames))
    }

    @Test func everyDeclaringFunctionIsDescribed() {
        #expect(Set(DeclarationLibrary.named + DeclarationLibrary.plain) == Set(Declaration.kinds))
        #expect(Set(DeclarationLibrary.later + DeclarationLibrary.laterNamed) == Set(NotThereYet.globals.keys))
    }

    private func fields(of name: String) -> Set<String> {
        Set(ApiModule.all.flatMap(\.classes).filter { $0.name == name }.flatMap { $0.fields.map(\.name) })
    }

    private func keys(of value: LuaValue) -> Set<String> { Set(value.tableValue?.fields.keys.compactMap(\.stringValue) ?? []) }

    @Test func theFieldsOfTasksAreDescribed() {
        let start = Timestamp(milliseconds: 0)
        var record = TaskRecord(agent: "a", input: "i", address: Address(platform: "p", channel: "c", user: "u"), createdAt: start)
        record.output = "o"
        record.failure = TaskFailure(code: "c", message: "m")
        record.retryOf = .random()
        record.startedAt = start
        record.finishedAt = start
        var task = TaskSummary(record, at: start)
        let letter = DeadLetter(OutboxEntry(address: record.address, content: .text(""), createdAt: start))
        task.undelivered = [letter]
        #expect(keys(of: LuaValue(task)) == fields(of: "nightjar.Task"))
        let event = HookEvent(
            point: .postTool, task: task, input: "i", tool: "t", iteration: 1, output: "o", failure: record.failure, duration: .zero)
        #expect(keys(of: event.luaValue) == fields(of: "nightjar.HookEvent"))
        let overview = TaskOverview(counts: [:], active: [], more: 0, maxConcurrent: 1, free: 1, undelivered: [letter])
        #expect(keys(of: LuaValue(overview)) == fields(of: "nightjar.TaskOverview"))
        #expect(keys(of: LuaValue(letter)) == fields(of: "nightjar.DeadLetter"))
        #expect(keys(of: LuaValue(TokenUsage.zero)) == fields(of: "nightjar.Usage"))
    }

    @Test func theFieldsOfOtherValuesAreDescribed() {
        let start = Timestamp(milliseconds: 0)
        var trigger = TriggerSummary(name: "n", schedule: "s", isPaused: false, next: start, last: start, firings: 0, failures: 0, skipped: 0)
        trigger.path = "/p"
        #expect(keys(of: LuaValue(trigger)) == fields(of: "nightjar.TriggerSummary"))
        #expect(keys(of: LuaValue(AgentSummary(name: "n", description: "d", model: "m", tools: []))) == fields(of: "nightjar.AgentSummary"))
        #expect(keys(of: LuaValue(ReplyError(level: .parse, code: "c", message: "m", hint: "h"))) == fields(of: "nightjar.Error"))
    }
}
