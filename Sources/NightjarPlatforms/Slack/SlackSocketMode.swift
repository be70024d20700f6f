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
    var client: WebSocketClient
    private let pause = ReconnectPause()
    private let hasConnected = CallState()

    init(platform: SlackPlatform, token: Secret, inlet: PlatformInlet) {
        self.platform = platform
        self.token = token
        self.inlet = inlet
        client = WebSocketClient(clock: inlet.clock)
        client.limits.pingPeriod = SlackLimits.pingPeriod
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
            rest = try await client.withConnection(to: try await address()) { connection in
                try await SlackSocketConnection(mode: self, connection: connection, successor: successor).read()
            }
        } catch {
            if Task.isCancelled { return }
            if !successor.isCalled { report(error) }
            rest = (error as? SlackFailure)?.retryAfter ?? (error as? DeliveryError)?.retryAfter
        }
        if successor.isCalled { return }
        do { try await inlet.clock.sleep(for: max(rest ?? .zero, nextPause())) } catch { return }
        successor.call()
    }

    /// Where the next connection goes; it holds a ticket, which is never shown.
    private func address() async throws -> String {
        let answer = try await platform.api.call("apps.connections.open", token: token)
        let isPlain = platform.options.apiURL.hasPrefix("http:")
        guard let url = answer["url"]?.string, url.hasPrefix("wss://") || (isPlain && url.hasPrefix("ws://")) else {
            throw DeliveryError("Slack gave no wss address for Socket Mode", isRetryable: true)
        }
        return url
    }

    private func report(_ error: any Error) {
        if let failure = error as? SlackFailure, failure.isAboutAppToken {
            platform.logger.error(
                "Slack refuses the app token, so no message comes by Socket Mode",
                metadata: ["platform": "slack", "error": "\(failure.socketModeError)"])
        } else {
            platform.logger.warning(
                "Socket Mode's connection is not there, trying again",
                metadata: ["platform": "slack", "error": "\((error as? SlackFailure)?.socketModeError ?? "\(error)")"])
        }
    }

    /// How long to wait before the next connection; longer each time until Slack says hello.
    func nextPause() -> Duration { pause.take() }

    /// Slack has said hello.
    func greeted(connections: Int64?) {
        pause.reset()
        let metadata: Logger.Metadata = ["platform": "slack", "connections": "\(connections ?? 1)"]
        platform.logger.info("Socket Mode is connected", metadata: metadata)
        // Later connections may follow one that still counts.
        if hasConnected.call(), let connections, connections > 1 {
            platform.logger.warning(
                "this app has other connections: Slack gives each message to one of them, and not to this engine alone", metadata: metadata)
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
