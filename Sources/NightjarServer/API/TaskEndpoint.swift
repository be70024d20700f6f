import HTTPTypes
import HummingbirdCore
import NightjarEngine
import NightjarPlatforms

/// `/api/v1/tasks` and what is below it.
struct TaskEndpoint: Sendable {
    let engine: Engine

    func list(_ query: QueryText) async throws -> Response {
        let page = try await engine.tasks(try TaskQuery(query))
        guard page.tasks.count > ServerLimits.tasksPerPiece else {
            var json = JSONWriter(capacity: 512 * page.tasks.count + 64)
            Self.begin(&json)
            for task in page.tasks { json.object { $0.members(of: task) } }
            Self.end(&json, next: page.next)
            return .json(json.buffer)
        }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { writer in try await Self.write(page, to: &writer) })
    }

    /// A long list goes out in pieces, so that its text is never in memory as a whole.
    private static func write(_ page: TaskPage, to writer: inout any ResponseBodyWriter) async throws {
        var json = JSONWriter(capacity: 512 * ServerLimits.tasksPerPiece)
        begin(&json)
        for start in stride(from: 0, to: page.tasks.count, by: ServerLimits.tasksPerPiece) {
            for task in page.tasks[start..<min(start + ServerLimits.tasksPerPiece, page.tasks.count)] {
                json.object { $0.members(of: task) }
            }
            try await writer.write(json.takeBuffer())
        }
        end(&json, next: page.next)
        try await writer.write(json.buffer)
        try await writer.finish(nil)
    }

    private static func begin(_ json: inout JSONWriter) {
        json.open("{")
        json.key("tasks")
        json.open("[")
    }

    private static func end(_ json: inout JSONWriter, next: String?) {
        json.close("]")
        json.member("next", next)
        json.close("}")
    }

    func show(_ id: String) async throws -> Response {
        .task(try await find(id))
    }

    func create(_ body: [UInt8]) async throws -> Response {
        let wish = try Self.wish(body)
        let definitions = engine.definitions
        guard definitions.agents[wish.agent] != nil else {
            let known = definitions.agents.keys.sorted().joined(separator: ", ")
            throw Problem(
                .unprocessableContent, "unknown_agent", "There is no agent \"\(wish.agent)\"; the agents are: \(known).")
        }
        let task = try await engine.submitTask(
            agent: wish.agent, input: wish.input, user: wish.user, priority: wish.priority)
        var response = Response.task(task, status: .accepted)
        response.headers[.location] = "/api/v1/tasks/\(task.id)"
        return response
    }

    private static func wish(_ body: [UInt8]) throws(Problem) -> TaskWish {
        do {
            let fields = try JSONFields(parsing: body)
            // Before anything is missed: what is missing is often what is misspelt.
            try checkNames(in: body)
            return try TaskWish(fields)
        } catch let error as JSONFieldsError {
            throw Problem.badBody(error)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(error)
        }
    }

    /// - Parameter body: a JSON object.
    /// - Throws: ``Problem`` when there is a field that is not among those known: a misspelt wish must not be none.
    private static func checkNames(in body: [UInt8]) throws(Problem) {
        guard case .object(let members) = try? JSONValue(parsing: String(decoding: body, as: UTF8.self)) else { return }
        guard let name = members.keys.sorted().first(where: { !TaskWish.fields.contains($0) }) else { return }
        throw Problem.unknownField(name, known: TaskWish.fields)
    }

    func cancel(_ id: String) async throws -> Response {
        let task = try await find(id)
        switch try await engine.cancel(task.id) {
        case .cancelled(let task, _):
            return .task(task)
        case .alreadyFinished(let task):
            throw Problem(.conflict, "already_finished", "The task \(task.id) is already finished (\(task.state.rawValue)).")
        case .notFound:
            throw unknown(id)
        }
    }

    /// The one task that the id, or the beginning of one, names.
    private func find(_ id: String) async throws -> TaskRecord {
        if let task = try await engine.task(TaskID(rawValue: id)) { return task }
        guard id.utf8.count >= Self.prefixMin else { throw unknown(id) }
        let found = try await engine.tasks(idPrefix: id)
        guard let task = found.first else { throw unknown(id) }
        guard found.count == 1 else {
            throw Problem(.conflict, "ambiguous_task", "Several tasks begin with \(id); give more of the id.")
        }
        return task
    }

    /// Shorter beginnings of an id name too many tasks.
    private static let prefixMin = 4

    private func unknown(_ id: String) -> Problem {
        Problem(.notFound, "unknown_task", "There is no task \(id.prefix(64)).")
    }
}

extension Response {
    static func task(_ task: TaskRecord, status: HTTPResponse.Status = .ok) -> Response {
        .json(JSONWriter.object(capacity: 512) { $0.members(of: task) }, status: status)
    }
}
