package import LuaRuntime
import NightjarEngine

extension LuaLibrary {
    private static let taskListMax: Int64 = 1000

    /// `tasks.get(id)`, `tasks.list { state, user, limit, cursor }` and `tasks.cancel(id)`, for the tasks of everyone: scripts are the operator's.
    package static let tasks = LuaLibrary(
        path: "tasks",
        functions: [
            .awaiting("get") { call in
                let engine = try ScriptInvocation.handler(call, "tasks.get").control
                guard let task = try await task(call[0], of: "tasks.get", engine) else { return [.nil] }
                return [LuaValue(TaskSummary(task, at: engine.clock.now))]
            },
            .awaiting("list") { call in
                let engine = try ScriptInvocation.handler(call, "tasks.list").control
                let page = try await engine.tasks(try query(call[0]))
                let now = engine.clock.now
                return [.list(page.tasks.map { LuaValue(TaskSummary($0, at: now)) }), .text(page.next)]
            },
            .awaiting("cancel") { call in
                let engine = try ScriptInvocation.handler(call, "tasks.cancel").control
                guard let task = try await task(call[0], of: "tasks.cancel", engine) else { throw unknownTask(call[0]) }
                switch try await engine.cancel(task.id) {
                case .cancelled: return [true]
                case .alreadyFinished(let task): return [false, .string(task.state.rawValue)]
                case .notFound: throw unknownTask(call[0])
                }
            },
        ])

    /// The task with this id, or the only one whose id begins so.
    private static func task(_ id: LuaValue, of function: String, _ engine: Engine) async throws -> TaskRecord? {
        guard let prefix = id.stringValue, prefix.utf8.count >= 4 else {
            throw LuaHostError.badArgument(function, "expected a task's id, or at least its first 4 characters")
        }
        let found = try await engine.tasks(idPrefix: prefix)
        if found.count > 1 {
            throw LuaHostError(
                code: "ambiguous_task", message: "\(function): \"\(prefix)\" may be \(found.map(\.id.rawValue).joined(separator: ", "))")
        }
        return found.first
    }

    private static func unknownTask(_ id: LuaValue) -> LuaHostError {
        LuaHostError(code: "unknown_task", message: "there is no task \"\(id.stringValue ?? "")\"")
    }

    private static func query(_ filter: LuaValue) throws -> TaskQuery {
        let options = try OptionTable(filter, of: "tasks.list", known: ["state", "user", "limit", "cursor"])
        var query = TaskQuery()
        let states = options["state"].tableValue?.array ?? [options["state"]].filter { !$0.isNil }
        query.states = Set(
            try states.map { value in
                guard let state = value.stringValue.flatMap(TaskState.init(rawValue:)) else {
                    throw options.wrong("state", TaskState.allCases.map(\.rawValue).joined(separator: ", ") + " or a list of them")
                }
                return state
            })
        query.user = try options.text("user")
        query.cursor = try options.text("cursor")
        if let limit = try options.integer("limit", in: 1...taskListMax) { query.limit = limit }
        return query
    }
}
