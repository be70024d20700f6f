import Logging
import NightjarEngine

/// One connection of Socket Mode at work.
struct SlackSocketConnection: Sendable {
    let mode: SlackSocketMode
    let connection: WebSocketConnection
    let successor: SlackSocketMode.Successor
    private let greeting = CallState()

    init(mode: SlackSocketMode, connection: WebSocketConnection, successor: SlackSocketMode.Successor) {
        self.mode = mode
        self.connection = connection
        self.successor = successor
    }

    private var logger: Logger { mode.platform.logger }
    private var clock: EngineClock { mode.inlet.clock }

    /// Takes what Slack sends until the connection ends.
    /// - Returns: the least pause before the next connection; nil for the usual one.
    func read() async throws -> Duration? {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { await expectGreeting() }
            var greetedAt: Duration?
            for try await text in connection.messages {
                switch SlackSocketFrame(text) {
                case .hello(let connections):
                    greetedAt = clock.uptime
                    _ = greeting.call()
                    mode.greeted(connections: connections)
                case .disconnect("link_disabled"):
                    logger.error(
                        "Socket Mode is switched off for the app; switch it on in the app's settings, or declare signing_secret alone",
                        metadata: ["platform": "slack"])
                    return SlackLimits.switchedOffPause
                case .disconnect(let reason) where reason == "warning" || reason == "refresh_requested":
                    let isCalm = greetedAt.map { clock.uptime - $0 >= SlackLimits.calm } ?? false
                    group.addTask { await callSuccessor(isCalm: isCalm) }
                    // What is under way still comes here. Slack ends it soon, and if not, this side does.
                    group.addTask { await leaveInTime() }
                case .disconnect(let reason):
                    dismissed(reason)
                    return nil
                case .envelope(let envelope):
                    guard let acknowledgement = try await take(envelope) else { continue }
                    try await connection.send(acknowledgement)
                case .unknown:
                    logger.debug("a frame of Socket Mode is not understood", metadata: ["platform": "slack"])
                }
            }
            return nil
        }
    }

    private func dismissed(_ reason: String) {
        var metadata: Logger.Metadata = ["platform": "slack", "reason": "\(reason)"]
        if reason == "too_many_websockets" { metadata["hint"] = "an app has ten connections at most" }
        logger.warning("Slack does not want this connection, trying again", metadata: metadata)
    }

    /// Stores what an envelope tells of.
    /// - Returns: the acknowledgement; nil when there is to be none, so that it comes again.
    private func take(_ envelope: SlackSocketEnvelope) async throws -> String? {
        let reading: SlackReading
        do throws(SlackRefusal) {
            reading = try read(envelope)
        } catch {
            // It would not be understood the next time either.
            logger.warning(
                "an envelope of Slack is not understood",
                metadata: ["platform": "slack", "type": "\(envelope.type)", "error": "\(error.reason)"])
            return envelope.acknowledgement(nil)
        }
        guard case .taken(let events, let answer) = mode.platform.reception(of: reading) else { return envelope.acknowledgement(nil) }
        do {
            let outcomes = events.isEmpty ? [] : try await mode.inlet.take(events)
            return envelope.acknowledgement(try? JSONValue(parsing: answer(outcomes).body))
        } catch {
            try Task.checkCancellation()
            logger.error(
                "an envelope of Slack cannot be stored, so it is to come again",
                metadata: ["platform": "slack", "error": "\(error)"])
            try await clock.sleep(for: SlackLimits.storeRetryPause)
            return nil
        }
    }

    private func read(_ envelope: SlackSocketEnvelope) throws(SlackRefusal) -> SlackReading {
        let decoder = mode.platform.decoder
        return switch envelope.type {
        case "events_api": try decoder.readEvent(Array(envelope.payload.text.utf8), receivedAt: clock.now)
        case "slash_commands": try decoder.readCommand(SlackForm(envelope.payload), receivedAt: clock.now)
        case "interactive": try decoder.readInteraction(Array(envelope.payload.text.utf8))
        default: .nothing()
        }
    }

    // MARK: Time

    private func expectGreeting() async {
        do { try await clock.sleep(for: SlackLimits.greetingTimeout) } catch { return }
        if !greeting.isCalled { connection.giveUp() }
    }

    /// - Parameter isCalm: whether the next one may be opened at once.
    private func callSuccessor(isCalm: Bool) async {
        if !isCalm {
            do { try await clock.sleep(for: mode.nextPause()) } catch { return }
        }
        successor.call()
    }

    private func leaveInTime() async {
        do { try await clock.sleep(for: SlackLimits.farewell) } catch { return }
        await connection.finish(within: WebSocketLimits().closeTimeout, clock: clock)
    }
}
