import HTTPTypes

/// Finds the route of a request: a pure function of its method and path.
enum RouteTable {
    /// - Parameter webhookPath: where the generic webhook listens; nil when none is declared.
    /// - Parameter isTrigger: whether `on_webhook` declares the path.
    /// - Throws: ``Problem``: 404 for an unknown path, 405 for a known one with another method.
    static func route(_ method: HTTPRequest.Method, _ path: String, webhookPath: String?, isTrigger: Bool = false) throws(Problem) -> Route {
        if path == webhookPath { return try select(method, [(.post, .webhook)]) }
        if isTrigger { return try select(method, [(.post, .requestTrigger)]) }
        if path.hasPrefix("/webhooks/"), let name = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first,
            !name.isEmpty, path.utf8.count == "/webhooks/".utf8.count + name.utf8.count
        {
            return try select(method, [(.post, .platform(String(name))), (.get, .platform(String(name)))])
        }
        guard path.hasPrefix("/api/v1/") else {
            switch path {
            case "/healthz": return try select(method, [(.get, .health)])
            case "/readyz": return try select(method, [(.get, .readiness)])
            case "/metrics": return try select(method, [(.get, .metrics)])
            default: throw Problem.unknownPath(path)
            }
        }
        let parts = path.dropFirst("/api/v1/".count).split(separator: "/", omittingEmptySubsequences: false)
        return try select(method, api(parts, path))
    }

    private typealias Choices = [(method: HTTPRequest.Method, route: Route)]

    private static func api(_ parts: [Substring], _ path: String) throws(Problem) -> Choices {
        switch (parts.count, parts[0]) {
        case (1, "agents"): return [(.get, .agents)]
        case (1, "triggers"): return [(.get, .triggers)]
        case (1, "events"): return [(.get, .events)]
        case (1, "tasks"): return [(.get, .tasks), (.post, .createTask)]
        case (1, "reload"): return [(.post, .reload)]
        case (2, "tasks") where !parts[1].isEmpty: return [(.get, .task(String(parts[1])))]
        case (2, "messages") where !parts[1].isEmpty: return [(.get, .message(String(parts[1])))]
        case (3, "triggers") where !parts[1].isEmpty && parts[2] == "run": return [(.post, .runTrigger(String(parts[1])))]
        case (3, "tasks") where !parts[1].isEmpty && parts[2] == "cancel": return [(.post, .cancelTask(String(parts[1])))]
        default: throw Problem.unknownPath(path)
        }
    }

    private static func select(_ method: HTTPRequest.Method, _ choices: Choices) throws(Problem) -> Route {
        // A HEAD request is answered as GET is, without the body.
        let wanted = method == .head ? .get : method
        guard let choice = choices.first(where: { $0.method == wanted }) else {
            throw Problem.methodNotAllowed(method, allowed: choices.map(\.method))
        }
        return choice.route
    }
}
