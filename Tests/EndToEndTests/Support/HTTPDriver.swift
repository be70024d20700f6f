import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NightjarEngine

/// Talks HTTP to an engine as its users do.
struct HTTPDriver: Sendable {
    /// A whole answer.
    struct Answer: Sendable {
        var status: Int
        var body: String

        var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
        subscript(key: String) -> JSONValue { json[key] ?? .null }
        /// The texts of the replies to a message.
        var replies: [String] { (json["replies"]?.array ?? []).compactMap { $0["text"]?.string } }
    }

    let baseURL: String
    /// Where the projects of these tests have their webhook.
    static let webhookPath = "/in"
    var webhookPath = Self.webhookPath

    /// With room for many connections at once: waiting for a free one is not what is tested. It lives as long as the tests.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        // An engine that was cut off does not come back at the same port.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    init(baseURL: String) {
        self.baseURL = baseURL
    }

    // MARK: Requests

    func get(_ path: String, timeout: Duration = .seconds(30)) async throws -> Answer {
        try await answer(request(path, .GET), timeout)
    }

    func post(_ path: String, _ body: JSONValue = .object([:]), headers: [String: String] = [:]) async throws -> Answer {
        try await post(path, bytes: Array(body.text.utf8), headers: headers)
    }

    func post(
        _ path: String, bytes: [UInt8], headers: [String: String] = [:], timeout: Duration = .seconds(30)
    ) async throws -> Answer {
        var request = request(path, .POST)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(bytes)
        return try await answer(request, timeout)
    }

    private func request(_ path: String, _ method: HTTPMethod) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = method
        return request
    }

    private func answer(_ request: HTTPClientRequest, _ timeout: Duration) async throws -> Answer {
        let response = try await Self.client.execute(request, timeout: TimeAmount(timeout))
        let body = try await response.body.collect(upTo: 64 << 20)
        return Answer(status: Int(response.status.code), body: String(buffer: body))
    }

    // MARK: Messages

    /// The body of a message to the generic webhook.
    static func message(_ text: String, user: String = "ann", id: String? = nil) -> JSONValue {
        var fields: [String: JSONValue] = ["user": .string(user), "channel": "test", "text": .string(text)]
        if let id { fields["id"] = .string(id) }
        return .object(fields)
    }

    /// Says something and waits for all replies.
    func say(_ text: String, user: String = "ann", id: String? = nil, wait: String = "20s") async throws -> Answer {
        try await post("\(webhookPath)?wait=\(wait)", Self.message(text, user: user, id: id))
    }

    /// Says something and hears the events as they come.
    func listen(_ text: String, user: String = "ann") async throws -> ServerEvents {
        var request = request(webhookPath, .POST)
        request.headers.add(name: "accept", value: "text/event-stream")
        request.body = .bytes(Array(Self.message(text, user: user).text.utf8))
        return ServerEvents(try await Self.client.execute(request, timeout: .minutes(2)).body)
    }

    // MARK: What the engine knows

    /// - Parameters:
    ///   - query: begins with `&`.
    ///   - limit: how many, the newest first.
    func tasks(_ query: String = "", limit: Int = 100_000) async throws -> [JSONValue] {
        try await get("/api/v1/tasks?limit=\(limit)\(query)")["tasks"].array ?? []
    }

    func trigger(_ name: String) async throws -> JSONValue {
        let triggers = try await get("/api/v1/triggers")["triggers"].array ?? []
        return triggers.first { $0["name"]?.string == name } ?? .null
    }

    /// `ok` or `degraded`.
    func health() async throws -> String {
        try await get("/healthz")["status"].string ?? ""
    }

    func generation() async throws -> Int64 {
        try await get("/healthz")["generation"].integer ?? 0
    }
}
