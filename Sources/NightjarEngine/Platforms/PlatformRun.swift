import Logging
import Synchronization

/// One connected platform at work, until it is stopped.
final class PlatformRun: Sendable {
    /// The pause after a failure: doubled each time, and short again after an hour without one.
    private static let pauseMin = Duration.seconds(1)
    private static let pauseMax = Duration.seconds(300)
    private static let calm = Duration.seconds(3600)

    private let platform: any ConnectedPlatform
    private let clock: EngineClock
    private let logger: Logger
    private let stopped: AsyncStream<Never>
    private let stopping: AsyncStream<Never>.Continuation

    init(_ platform: any ConnectedPlatform, clock: EngineClock, logger: Logger) {
        self.platform = platform
        self.clock = clock
        self.logger = logger
        (stopped, stopping) = AsyncStream.makeStream()
    }

    /// Ends ``perform(_:)`` soon.
    func stop() { stopping.finish() }

    func perform(_ inlet: PlatformInlet) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.repeatedly(inlet) }
            group.addTask { for await _ in self.stopped {} }
            await group.next()
            group.cancelAll()
        }
    }

    private func repeatedly(_ inlet: PlatformInlet) async {
        var pause = Self.pauseMin
        while !Task.isCancelled {
            let start = clock.uptime
            do {
                try await platform.run(inlet)
                return
            } catch {
                if Task.isCancelled { return }
                if clock.uptime - start > Self.calm { pause = Self.pauseMin }
                logger.error(
                    "a platform's connection failed, trying again",
                    metadata: ["platform": "\(platform.name)", "pause": "\(DurationText.format(pause))", "error": "\(error)"])
                do { try await clock.sleep(for: pause) } catch { return }
                pause = min(pause * 2, Self.pauseMax)
            }
        }
    }
}
