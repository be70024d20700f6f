import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NightjarEngine
import NightjarPlatforms

/// Answers the requests of one entrance.
struct RequestHandler: Sendable {
    let engine: Engine
    let entrance: Entrance
    let webhookConfiguration: WebhookConfiguration
    let webhook: WebhookEndpoint
    let platforms: PlatformEndpoint
    let requestTriggers: RequestTriggerEndpoint
    let tasks: TaskEndpoint
    let api: APIEndpoint
    let status: StatusEndpoint
    let bodies: BodyBudget
    let metrics: ServerMetrics
    let date: DateHeader
    let logger: Logger

    /// Ends a connection after its answer, without reading what is left of the request.
    private struct ConnectionEnded: Error {}

    @Sendable func handle(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        var incoming = IncomingRequest(request, on: channel, bodies: bodies)
        var response = await respond(to: &incoming)
        if incoming.hasEndlessRest { response.headers[.connection] = "close" }
        response.headers[.date] = date.text(at: engine.clock.now)
        metrics.answered(response.status.code)
        if request.method == .head {
            try await writer.writeResponse(response.head)
        } else {
            try await writer.write(response: response.head, body: response.body)
        }
        if response.headers[.connection] == "close" { throw ConnectionEnded() }
    }

    private func respond(to request: inout IncomingRequest) async -> Response {
        do {
            return try await answer(&request)
        } catch let problem as Problem {
            return problem.response
        } catch {
            let problem = Problem(error)
            if problem.status == .internalServerError {
                logger.error("a request failed", metadata: ["http.path": "\(request.path)", "error": "\(error)"])
            }
            return problem.response
        }
    }

    private func answer(_ request: inout IncomingRequest) async throws -> Response {
        let definitions = engine.definitions
        let options = entrance == .localSocket ? nil : webhookConfiguration.options(in: definitions)
        let trigger = entrance == .localSocket ? nil : definitions.requestTriggers.first { $0.path == request.path }
        let route = try RouteTable.route(request.method, request.path, webhookPath: options?.path, isTrigger: trigger != nil)
        if route.isAPI { try APIAccess.check(request, at: entrance, token: definitions.settings.apiToken) }
        if let known = route.parameters { try request.query.checkNames(known) }
        switch route {
        case .webhook:
            guard let options else { throw Problem.unknownPath(request.path) }
            return try await webhook.receive(&request, options: options, settings: definitions.settings, at: entrance)
        case .platform(let name):
            guard entrance != .localSocket else { throw Problem.unknownPath(request.path) }
            return try await platforms.receive(&request, for: name)
        case .requestTrigger:
            guard let trigger else { throw Problem.unknownPath(request.path) }
            return try await requestTriggers.receive(&request, for: trigger, at: entrance)
        case .health: return status.healthy()
        case .readiness: return try status.ready()
        case .metrics: return await status.exposition()
        case .agents: return api.agents()
        case .triggers: return api.triggers()
        case .runTrigger(let name): return try api.runTrigger(name)
        case .events: return api.events(to: request)
        case .message(let id): return try await api.message(id)
        case .reload: return try await api.reloadScripts()
        case .tasks: return try await tasks.list(request.query)
        case .createTask: return try await tasks.create(try await request.body())
        case .task(let id): return try await tasks.show(id)
        case .cancelTask(let id): return try await tasks.cancel(id)
        }
    }
}
