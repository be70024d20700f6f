import Logging
import NIOHTTP1
import NightjarEngine
import Synchronization

/// The connection over which Discord tells of messages, and of interactions where it has no address for them.
///
/// It is opened again whenever it breaks, and goes on where it was; what happened meanwhile comes then.
final class DiscordGateway: Sendable {
    /// Ours to say when the session is to go on: 1000 and 1001 would end it.
    private static let resumable: UInt16 = 4000
    /// Payloads in a minute, of the 120 that Discord allows.
    private static let sendsMax = 110

    /// What an interaction is answered with.
    typealias Callback = (path: String, body: JSONValue)

    let platform: DiscordPlatform
    let inlet: PlatformInlet
    let pendingCallbacks: AsyncStream<Callback>
    let callbacks: AsyncStream<Callback>.Continuation
    private let session: Mutex<DiscordSession>
    private let pause = ReconnectPause()
    private let sends: SendWindow

    /// When new sessions may begin.
    private let identifies: SendWindow
    /// Since when messages come over the connection that is open.
    private let readySince = Mutex<Duration?>(nil)

    /// How a connection ended.
    private enum End: Error {
        /// Discord wants another one, or did not hear this one.
        case reconnect(String)
        case invalidSession
        case fatal(code: UInt16, String)
    }

    init(_ platform: DiscordPlatform, _ inlet: PlatformInlet) {
        self.platform = platform
        self.inlet = inlet
        (pendingCallbacks, callbacks) = AsyncStream.makeStream()
        session = Mutex(DiscordSession(token: platform.options.botToken))
        sends = SendWindow(count: Self.sendsMax, per: .seconds(60), clock: inlet.clock)
        identifies = SendWindow(count: 1, per: DiscordLimits.identifyInterval, clock: inlet.clock)
    }

    /// Keeps the connection until the task is cancelled, or Discord has said that it does not want it.
    /// - Throws: `CancellationError`.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.sendCallbacks() }
            // What is to be answered is, also when the connection has ended for good.
            defer { callbacks.finish() }
            try await keepConnected()
        }
    }

    private func keepConnected() async throws {
        var failures = 0
        while true {
            var rest = Duration.zero
            readySince.withLock { $0 = nil }
            do {
                let address = try await address()
                try await WebSocketClient(clock: inlet.clock).withConnection(to: address + "/?v=10&encoding=json") {
                    connection in
                    try await self.converse(connection)
                }
            } catch End.reconnect(let reason) {
                note("Discord's connection is opened again", reason)
                // Else a server that sends everybody on would do so in a circle.
                if readyFor.map({ $0 >= DiscordLimits.calm }) ?? false { continue }
            } catch End.invalidSession {
                note("Discord's session cannot go on as it is", "invalid session")
                // Discord asks for some seconds at random.
                rest = .milliseconds(.random(in: 1000...5000))
            } catch End.fatal(let code, let advice) {
                return platform.logger.error(
                    "Discord ends the connection for good; nothing is heard until the declaration changes or the engine starts again",
                    metadata: ["platform": "discord", "code": "\(code)", "advice": "\(advice)"])
            } catch {
                try Task.checkCancellation()
                let failure = (error as? DiscordFailure)?.deliveryError(channel: "")
                platform.logger.warning(
                    "the connection to Discord is not there, trying again",
                    metadata: ["platform": "discord", "error": "\(failure.map { "\($0)" } ?? "\(error)")"])
            }
            failures = readyFor == nil ? failures + 1 : 0
            // Discord remembers a session for minutes, and its address may be gone with it.
            if failures >= DiscordLimits.resumesMax { session.withLock { $0.forget() } }
            try await inlet.clock.sleep(for: max(rest, pause.take()))
        }
    }

    /// How long messages have come over the last connection; nil when it did not get that far.
    private var readyFor: Duration? { readySince.withLock { $0 }.map { inlet.clock.uptime - $0 } }

    private func note(_ message: Logger.Message, _ reason: String) {
        platform.logger.info(message, metadata: ["platform": "discord", "reason": "\(reason)"])
    }

    /// Where to connect. A new session costs one of the day's identifies, which are waited for when they are used up.
    private func address() async throws -> String {
        if let address = session.withLock(\.address) { return try checked(address) }
        while true {
            let answer = try await platform.api.perform(
                .init(method: .GET, path: "/gateway/bot", label: "the Gateway's address"))
            let limit = answer["session_start_limit"]
            guard let remaining = limit?["remaining"]?.integer, remaining <= 0 else {
                guard let url = answer["url"]?.string else {
                    throw DeliveryError("Discord gave no address for the Gateway", isRetryable: true)
                }
                try await identifies.turn()
                return try checked(url)
            }
            let wait = Duration.milliseconds(max(1000, limit?["reset_after"]?.integer ?? 60_000))
            platform.logger.error(
                "Discord allows no more new sessions today; the connection waits",
                metadata: ["platform": "discord", "pause": "\(DurationText.format(wait))"])
            try await inlet.clock.sleep(for: wait)
        }
    }

    /// - Returns: the address without a slash at its end.
    private func checked(_ url: String) throws -> String {
        let isPlain = platform.options.apiURL.hasPrefix("http:")
        guard url.hasPrefix("wss://") || (isPlain && url.hasPrefix("ws://")) else {
            throw DeliveryError("Discord gave no wss address for the Gateway", isRetryable: true)
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    /// One connection from its beginning to its end.
    /// - Throws: ``End``, and what broke the connection.
    private func converse(_ connection: WebSocketConnection) async throws {
        let pulse = DiscordPulse()
        let (periods, feed) = AsyncStream.makeStream(of: Duration.self)
        let hello = CallState()
        // Each says whether the connection has ended with it.
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await self.read(connection, pulse, hello, feed)
                return true
            }
            group.addTask {
                for await period in periods { try await self.beat(connection, every: period, pulse) }
                return true
            }
            group.addTask {
                try await self.expectHello(hello)
                return false
            }
            defer { group.cancelAll() }
            while let isEnd = try await group.next(), !isEnd {}
        }
        try judge(connection.closure)
    }

    /// A connection over which nothing comes at all sends no heartbeats, and would stay for ever.
    private func expectHello(_ hello: CallState) async throws {
        try await inlet.clock.sleep(for: DiscordLimits.helloTimeout)
        if !hello.isCalled { throw WebSocketError(.timedOut, "Discord did not say hello") }
    }

    private func read(
        _ connection: WebSocketConnection, _ pulse: DiscordPulse, _ hello: CallState, _ heartbeats: AsyncStream<Duration>.Continuation
    ) async throws {
        for try await text in connection.messages {
            guard let payload = DiscordGatewayPayload(text) else { continue }
            switch session.withLock({ $0.receive(payload) }) {
            case .begin(let period, let introduction):
                // Once: a second hello would ask for a second Identify.
                guard hello.call() else { continue }
                heartbeats.yield(period)
                try await send(introduction, over: connection)
            case .heartbeat: try await send(session.withLock(\.heartbeat), over: connection)
            case .acknowledged: pulse.acknowledged()
            case .ready: didConnect()
            case .dispatch(let event, let data): try await handle(event, data)
            case .reconnect:
                connection.close(code: Self.resumable)
                throw End.reconnect("Discord wants another one")
            case .invalidSession:
                connection.close(code: Self.resumable)
                throw End.invalidSession
            case .none: break
            }
            session.withLock { $0.didHandle(payload) }
        }
    }

    private func judge(_ closure: WebSocketClosure?) throws {
        guard let closure else { throw WebSocketError(.lost, "the connection ended without a word") }
        switch DiscordClosure(code: closure.code) {
        case .fatal(let advice): throw End.fatal(code: closure.code, advice)
        case .identify: session.withLock { $0.forget() }
        case .resume: break
        }
        throw DeliveryError("Discord closed the connection with \(closure.code)", isRetryable: true)
    }

    private func didConnect() {
        pause.reset()
        readySince.withLock { $0 = inlet.clock.uptime }
        if let user = session.withLock(\.user) { platform.memory.botUser = user }
        platform.logger.info("the Gateway is connected", metadata: ["platform": "discord"])
    }

    private func send(_ payload: JSONValue, over connection: WebSocketConnection) async throws {
        try await sends.turn()
        try await connection.send(payload.text)
    }

    /// Sends heartbeats, the first after a part of the period by chance, and ends the connection when one was not heard.
    private func beat(_ connection: WebSocketConnection, every period: Duration, _ pulse: DiscordPulse) async throws {
        try await inlet.clock.sleep(for: period * Double.random(in: 0..<1))
        while true {
            guard pulse.beat() else {
                platform.logger.warning(
                    "the Gateway did not hear a heartbeat, so the connection is opened again", metadata: ["platform": "discord"]
                )
                connection.close(code: Self.resumable)
                throw End.reconnect("a heartbeat was not heard")
            }
            try await send(session.withLock(\.heartbeat), over: connection)
            try await inlet.clock.sleep(for: period)
        }
    }
}
