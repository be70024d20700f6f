import Logging
import NightjarEngine

/// Socket Mode: Slack's events over a connection that the engine opens, so that it needs no address of its own
/// (https://docs.slack.dev/apis/events-api/using-socket-mode).
///
/// An envelope is acknowledged when what it tells of is stored; Slack sends what was not acknowledged again, which de-duplication knows.
/// Slack ends each connection now and then and says so before: the next one is opened first, so that nothing is missed.
struct SlackSocketMode: Sendable {
    let platform: SlackPlatform
    let token: Secret
    let inlet: PlatformInlet
    private let pause = ReconnectPause()

    init(platform: SlackPlatform, token: Secret, inlet: PlatformInlet) {
        self.platform = platform
        self.token = token
        self.inlet = inlet
    }

    /// Keeps a connection open until the task is cancelled.
    func run() async {
        let (wanted, want) = AsyncStream.makeStream(of: Void.self)
        want.yield()
        await withDiscardingTaskGroup { group in
            for await _ in wanted {
                group.addTask { await self.connect(want) }
            }
            group.cancelAll()
        }
    }

    /// One connection from its beginning to its end; asks for the next one when this one ends, or Slack says that it will.
    private func connect(_ want: AsyncStream<Void>.Continuation) async {
        let successor = Successor(want)
        var rest: Duration?
        do {
            let answer = try await platform.api.call("apps.connections.open", token: token)
            guard let url = answer["url"]?.string else {
                throw DeliveryError("Slack gave no address for Socket Mode", isRetryable: true)
            }
            var limits = WebSocketLimits()
            limits.pingPeriod = SlackLimits.pingPeriod
            rest = try await WebSocketClient(clock: inlet.clock, limits: limits).withConnection(to: url) { connection in
                try await read(connection, successor)
            }
        } catch {
            if Task.isCancelled { return }
            let failure = (error as? SlackFailure)?.deliveryError(channel: "")
            platform.logger.warning(
                "Socket Mode's connection is not there, trying again",
                metadata: ["platform": "slack", "error": "\(failure.map { "\($0)" } ?? "\(error)")"])
        }
        if successor.isCalled { return }
        do { try await inlet.clock.sleep(for: rest ?? pause.take()) } catch { return }
        successor.call()
    }

    /// - Returns: how long to wait before the next connection; nil for the usual pause.
    private func read(_ connection: WebSocketConnection, _ successor: Successor) async throws -> Duration? {
        for try await text in connection.messages {
            switch SlackSocketFrame(text) {
            case .hello:
                pause.reset()
                platform.logger.info("Socket Mode is connected", metadata: ["platform": "slack"])
            case .disconnect(let reason):
                guard reason == "link_disabled" else {
                    successor.call()
                    continue
                }
                platform.logger.error(
                    "Socket Mode is switched off for the app; switch it on in the app's settings, or declare signing_secret alone",
                    metadata: ["platform": "slack"])
                return SlackLimits.switchedOffPause
            case .envelope(let id, let type, let payload):
                guard let answer = try await take(type, payload) else { continue }
                var acknowledgement: [String: JSONValue] = ["envelope_id": .string(id)]
                acknowledgement["payload"] = answer
                try await connection.send(JSONValue.object(acknowledgement).text)
            case .unknown:
                platform.logger.debug("a frame of Socket Mode is not understood", metadata: ["platform": "slack"])
            }
        }
        return nil
    }

    /// Stores what an envelope tells of.
    /// - Returns: what the acknowledgement carries; nil when it is not to be acknowledged, so that it comes again.
    private func take(_ type: String, _ payload: JSONValue) async throws -> JSONValue? {
        let reading: SlackReading
        do throws(SlackRefusal) {
            reading = try read(type, payload)
        } catch {
            // It would not be understood the next time either.
            platform.logger.warning(
                "an envelope of Slack is not understood",
                metadata: ["platform": "slack", "type": "\(type)", "error": "\(error.reason)"])
            return .null
        }
        guard case .taken(let events, let answer) = platform.reception(of: reading) else { return .null }
        do {
            let outcomes = events.isEmpty ? [] : try await inlet.take(events)
            return (try? JSONValue(parsing: answer(outcomes).body)) ?? .null
        } catch {
            try Task.checkCancellation()
            platform.logger.error(
                "an envelope of Slack cannot be stored, so it is to come again",
                metadata: ["platform": "slack", "error": "\(error)"])
            try await inlet.clock.sleep(for: SlackLimits.storeRetryPause)
            return nil
        }
    }

    private func read(_ type: String, _ payload: JSONValue) throws(SlackRefusal) -> SlackReading {
        switch type {
        case "events_api": try platform.decoder.readEvent(Array(payload.text.utf8), receivedAt: inlet.clock.now)
        case "slash_commands": try platform.decoder.readCommand(SlackForm(payload), receivedAt: inlet.clock.now)
        case "interactive": try platform.decoder.readInteraction(Array(payload.text.utf8))
        default: .nothing()
        }
    }
}

extension SlackSocketMode {
    /// The connection that comes after one; it is asked for once.
    final class Successor: Sendable {
        private let want: AsyncStream<Void>.Continuation
        private let state = CallState()

        init(_ want: AsyncStream<Void>.Continuation) { self.want = want }

        var isCalled: Bool { state.isCalled }

        func call() {
            if state.call() { want.yield() }
        }
    }
}
