import Logging
import ServiceLifecycle
import UnixSignals

/// SIGTERM and SIGINT drain, a second one ends at once, SIGHUP reloads the scripts.
struct SignalService: Service {
    let logger: Logger
    let onFirst: @Sendable () async -> Void
    let onHangUp: @Sendable () async -> Void

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        try await cancelWhenGracefulShutdown { try await listen(to: signals) }
    }

    private func listen(to signals: UnixSignalsSequence) async throws {
        var count = 0
        for await signal in signals {
            if signal == .sighup {
                // Beside the loop, and not waited for: scripts that take long to load must not keep a shutdown waiting.
                Task { await onHangUp() }
                continue
            }
            count += 1
            guard count == 1 else { Process.exit(.success) }
            logger.info("shutting down; a second signal ends at once")
            await onFirst()
        }
    }
}
