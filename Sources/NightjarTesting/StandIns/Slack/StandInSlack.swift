public import NightjarEngine
import Synchronization

/// Slack on this machine, for tests and try-outs: a real HTTP server that checks what Slack checks, remembers the conversation, and makes
/// the signed requests that Slack would send.
///
/// Its workspace has the channels `#ops` (`C0OPS`), `#dev` (`C0DEV`), `#secret` (`C0SECRET`), which the app is no member of, and Ann's
/// direct messages (`D0ANN`).
public struct StandInSlack: Sendable {
    public static let botToken = "xoxb-stand-in"
    public static let appToken = "xapp-stand-in"
    public static let signingSecret = "8f742231b10e8888abcd99yyyzzz85a5"
    public static let botUser = "U0BOT"
    public static let team = "T0TEAM"
    static let apiPath = "/api"

    /// The HTTP server, to wait on.
    public let provider: StandInProvider
    let server: StandInSlackServer

    /// What `api_url` is to be.
    public var apiURL: String { provider.baseURL + Self.apiPath }

    /// Runs a stand-in for as long as `body` runs.
    /// - Parameters:
    ///   - port: 0 picks a free one.
    ///   - burst: messages that a channel takes at once, and one more each second; those beyond get 429. nil takes all.
    public static func withSlack<Result: Sendable>(
        port: Int = 0, burst: Int? = nil, _ body: (StandInSlack) async throws -> Result
    ) async throws -> Result {
        let server = StandInSlackServer()
        server.state.withLock { $0.burst = burst }
        return try await StandInSocketServer.withServer(serve: server.sockets.serve) { sockets in
            server.sockets.url.withLock { $0 = sockets.url }
            return try await StandInProvider.withProvider(port: port, fallback: { server.answer($0) }) { provider in
                try await body(StandInSlack(provider: provider, server: server))
            }
        }
    }

    // MARK: What came of it

    /// All messages that can be seen, in the order in which they were written.
    public var messages: [StandInSlackMessage] { server.state.withLock(\.messages) }

    /// Those of the app.
    public var answers: [StandInSlackMessage] { messages.filter { $0.user == Self.botUser } }

    /// What only one person saw.
    public var ephemeral: [String] { server.state.withLock(\.ephemeral) }

    /// Status lines by thread, as they are now.
    public var statuses: [String: String] { server.state.withLock(\.statuses) }

    /// What was called, in order, those calls too that were refused.
    public var calls: [StandInSlackCall] { server.state.withLock(\.calls) }

    /// How often a method was called.
    public func count(_ method: String) -> Int { calls.count { $0.method == method } }

    /// What Slack takes and nobody wants to see: markup that does not parse, mentions of everybody, texts that are too long.
    public var faults: [String] { server.state.withLock(\.faults) + server.sockets.faults }

    /// Waits until something has happened.
    /// - Throws: `CancellationError`.
    public func wait(until condition: @escaping @Sendable (StandInSlack) -> Bool) async throws {
        try await provider.wait { _ in condition(self) }
    }

    // MARK: Socket Mode

    /// Connections that are open now.
    public var socketCount: Int { server.sockets.openCount }
    /// The newest connection, to break it or to ask for another one.
    public var socket: StandInSocket? { server.sockets.newest }
    /// What was acknowledged, by envelope, with what the acknowledgement carried.
    public var acknowledged: [String: JSONValue] { server.sockets.acknowledged }

    /// Sends over the newest connection what would be a request over HTTP.
    /// - Parameter envelope: an earlier one, sent again; nil makes a new one.
    /// - Returns: the envelope's id.
    @discardableResult
    public func bring(_ request: PlatformRequest, envelope: String? = nil) async throws -> String {
        let (type, payload) = Self.payload(of: request)
        let (id, frame) = server.sockets.envelope(envelope, type: type, payload: payload)
        try await server.sockets.newest?.send(frame)
        return id
    }

    /// An address for one more connection of the app.
    public func makeSocketAddress() -> String { server.sockets.address() }

    // MARK: What a test changes

    /// Whether connections that are opened from now on are greeted.
    public func greetSockets(_ greets: Bool) { server.sockets.greet(greets) }

    /// The next calls of a method are answered with these.
    public func failNext(_ method: String, _ answers: StandInAnswer...) {
        server.state.withLock { $0.prepared[method, default: []] += answers }
    }

    /// Channels where streams are refused.
    public func refuseStreams(in channels: String...) {
        server.state.withLock { $0.withoutStreams.formUnion(channels) }
    }

    /// Somebody deletes a message.
    public func delete(_ message: StandInSlackMessage) {
        server.state.withLock { state in
            if let index = state.index(message.channel, message.ts) { state.messages.remove(at: index) }
        }
    }
}

extension StandInAnswer {
    /// Slack's refusal of a call.
    public static func slackError(_ code: String, headers: [String: String] = [:]) -> StandInAnswer {
        StandInAnswer(headers: headers, steps: [.raw(#"{"ok":false,"error":"\#(code)"}"#)])
    }

    /// Slack's answer to too many requests.
    public static func slackRateLimit(seconds: Int) -> StandInAnswer {
        StandInAnswer(
            status: 429, headers: ["retry-after": "\(seconds)"], steps: [.raw(#"{"ok":false,"error":"ratelimited"}"#)])
    }
}
