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

    private let platform: DiscordPlatform
    private let inlet: PlatformInlet
    private let session: Mutex<DiscordSession>
    private let pause = ReconnectPause()
    private let sends: SendWindow

    /// How a connection ended.
    private enum End: Error {
        case reconnect(isAtOnce: Bool)
        case fatal(code: UInt16, String)
    }

    init(_ platform: DiscordPlatform, _ inlet: PlatformInlet) {
        self.platform = platform
        self.inlet = inlet
        session = Mutex(DiscordSession(token: platform.options.botToken))
        sends = SendWindow(count: Self.sendsMax, per: .seconds(60), clock: inlet.clock)
    }

    /// Keeps the connection until the task is cancelled, or Discord has said that it does not want it.
    /// - Throws: `CancellationError`.
    func run() async throws {
        while true {
            do {
                let address = try await address()
                try await WebSocketClient(clock: inlet.clock).withConnection(to: address + "/?v=10&encoding=json") {
                    connection in
                    try await self.converse(connection)
                }
            } catch End.reconnect(let isAtOnce) {
                // Discord asks for some seconds at random before a session begins anew.
                if !isAtOnce { try await inlet.clock.sleep(for: .milliseconds(.random(in: 1000...5000))) }
                continue
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
            try await inlet.clock.sleep(for: pause.take())
        }
    }

    /// Where to connect. A new session costs one of the day's identifies, which are waited for when they are used up.
    private func address() async throws -> String {
        if let address = session.withLock(\.address) { return address }
        while true {
            let answer = try await platform.api.perform(
                .init(method: .GET, path: "/gateway/bot", label: "the Gateway's address"))
            let limit = answer["session_start_limit"]
            guard let remaining = limit?["remaining"]?.integer, remaining <= 0 else {
                guard let url = answer["url"]?.string else {
                    throw DeliveryError("Discord gave no address for the Gateway", isRetryable: true)
                }
                return url
            }
            let wait = Duration.milliseconds(max(1000, limit?["reset_after"]?.integer ?? 60_000))
            platform.logger.error(
                "Discord allows no more new sessions today; the connection waits",
                metadata: ["platform": "discord", "pause": "\(DurationText.format(wait))"])
            try await inlet.clock.sleep(for: wait)
        }
    }

    /// One connection from its beginning to its end.
    /// - Throws: ``End``, and what broke the connection.
    private func converse(_ connection: WebSocketConnection) async throws {
        let pulse = DiscordPulse()
        let (periods, feed) = AsyncStream.makeStream(of: Duration.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.read(connection, pulse, feed) }
            group.addTask { for await period in periods { try await self.beat(connection, every: period, pulse) } }
            defer { group.cancelAll() }
            try await group.next()
        }
        try judge(connection.closure)
    }

    private func read(
        _ connection: WebSocketConnection, _ pulse: DiscordPulse, _ heartbeats: AsyncStream<Duration>.Continuation
    ) async throws {
        for try await text in connection.messages {
            guard let payload = DiscordGatewayPayload(text) else { continue }
            switch session.withLock({ $0.receive(payload) }) {
            case .begin(let period, let introduction):
                heartbeats.yield(period)
                try await send(introduction, over: connection)
            case .heartbeat: try await send(session.withLock(\.heartbeat), over: connection)
            case .acknowledged: pulse.acknowledged()
            case .ready: didConnect()
            case .dispatch(let event, let data): try await handle(event, data)
            case .reconnect(let isAtOnce):
                connection.close(code: Self.resumable)
                throw End.reconnect(isAtOnce: isAtOnce)
            case .none: break
            }
            session.withLock { $0.didHandle(payload) }
        }
    }

    private func judge(_ closure: WebSocketClosure?) throws {
        guard let closure else { throw End.reconnect(isAtOnce: true) }
        switch DiscordClosure(code: closure.code) {
        case .fatal(let advice): throw End.fatal(code: closure.code, advice)
        case .identify: session.withLock { $0.forget() }
        case .resume: break
        }
        throw DeliveryError("Discord closed the connection with \(closure.code)", isRetryable: true)
    }

    private func didConnect() {
        pause.reset()
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
                throw End.reconnect(isAtOnce: true)
            }
            try await send(session.withLock(\.heartbeat), over: connection)
            try await inlet.clock.sleep(for: period)
        }
    }

    // MARK: Events

    private func handle(_ event: String, _ data: JSONValue) async throws {
        do {
            switch event {
            case "MESSAGE_CREATE":
                let message = try platform.decoder.readMessage(
                    Array(data.text.utf8), bot: platform.memory.botUser, receivedAt: inlet.clock.now)
                if let message { _ = try await take([.message(message)]) }
            case "INTERACTION_CREATE": try await answer(data)
            default: break
            }
        } catch let refusal as DiscordRefusal {
            platform.logger.warning(
                "an event of Discord is not understood",
                metadata: ["platform": "discord", "event": "\(event)", "error": "\(refusal.reason)"])
        }
    }

    private func answer(_ data: JSONValue) async throws {
        let reading = try platform.decoder.readInteraction(Array(data.text.utf8), receivedAt: inlet.clock.now)
        guard let id = data["id"]?.string, DiscordDecoder.isID(id), let token = data["token"]?.string else { return }
        let outcomes = try await take(reading.events)
        do {
            try await platform.api.perform(
                .init(
                    method: .POST, path: "/interactions/\(id)/\(token)/callback", label: "an interaction",
                    body: reading.callback(after: outcomes.first), isInteraction: true))
        } catch let failure as DiscordFailure {
            platform.logger.warning(
                "an interaction could not be answered in time",
                metadata: ["platform": "discord", "error": "\(failure.deliveryError(channel: ""))"])
        } catch let error as DeliveryError {
            platform.logger.warning(
                "an interaction could not be answered in time", metadata: ["platform": "discord", "error": "\(error)"])
        }
    }

    /// Stores the events, however long it takes: Discord tells of them once.
    private func take(_ events: [PlatformEvent]) async throws -> [PlatformEventOutcome] {
        guard !events.isEmpty else { return [] }
        while true {
            do {
                return try await inlet.take(events)
            } catch {
                try Task.checkCancellation()
                platform.logger.error(
                    "an event of Discord cannot be stored, trying again",
                    metadata: ["platform": "discord", "error": "\(error)"])
                try await inlet.clock.sleep(for: DiscordLimits.storeRetryPause)
            }
        }
    }
}
