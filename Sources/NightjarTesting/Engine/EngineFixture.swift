public import InMemoryLogging
internal import Logging
public import NightjarEngine
internal import ServiceLifecycle

/// An engine that runs on a virtual clock, with a platform named `test` that records what people are shown.
///
/// Inside ``withEngine(_:over:clock:platform:runsTriggers:_:)`` everything the engine does runs on one thread of the clock, so
/// ``settle()`` returns when it has nothing left to do, and what comes after is what a person would see.
public struct EngineFixture: Sendable {
    public let engine: Engine
    public let clock: VirtualClock
    /// The engine's store, which a test can make fail; what it keeps is in ``FaultyStore/base``.
    public let store: FaultyStore
    public let platform: RecordingPlatform
    public let log: InMemoryLogHandler
    let services: ServiceGroup
    let stopped = Recorder<Void>()

    /// The date when the clock is made.
    public static let start = Timestamp(milliseconds: 1_767_225_600_000)

    init(
        _ definitions: Definitions, over base: any Store, clock: VirtualClock, platform: RecordingPlatform, runsTriggers: Bool
    ) {
        self.clock = clock
        store = FaultyStore(base)
        self.platform = platform
        let log = InMemoryLogHandler()
        self.log = log
        let logger = Logger(label: "test") { _ in log }
        // The date goes on where an earlier engine on the same clock ended.
        let date = Self.start + clock.now.offset
        engine = Engine(
            definitions: definitions, store: store, clock: .virtual(clock, startingAt: date), runsTriggers: runsTriggers, logger: logger)
        engine.install(platform)
        services = ServiceGroup(services: [engine], logger: logger)
    }

    /// Returns when the engine rests: it waits for the clock, for a model, or for nothing.
    public func settle() async { await clock.settle() }

    public func advance(by duration: Duration) async { await clock.advance(by: duration) }

    /// The process dies: nothing that happens from now on reaches the store.
    public func crash() { store.cut() }

    /// Asks the engine to shut down gracefully, as SIGTERM does.
    public func beginShutdown() async { await services.triggerGracefulShutdown() }

    /// Whether the engine has ended its work.
    public var hasStopped: Bool { stopped.count > 0 }

    /// Says something as a person, and returns when the engine rests.
    @discardableResult
    public func say(
        _ text: String, as user: String = "ann", in channel: String = "#ops", thread: String? = nil, on platform: String = "test",
        externalID: String? = nil, replyRoute: String? = nil
    ) async throws -> InboundMessage {
        let message = InboundMessage(
            address: Address(platform: platform, channel: channel, thread: thread, user: user), externalID: externalID, text: text,
            replyRoute: replyRoute, receivedAt: engine.clock.now)
        _ = try await engine.accept(message)
        await settle()
        return message
    }

    /// All tasks, oldest first.
    public func tasks() async throws -> [TaskRecord] {
        try await store.base.tasks(TaskQuery(limit: StoreLimits.pageSizeMax)).tasks.reversed()
    }
}

/// Runs an engine for the length of `body`. It takes over what the store holds, and is stopped at once when the body ends.
///
/// - Parameters:
///   - base: pass the store of an earlier engine to go on where that one ended.
///   - clock: as with the store.
///   - platform: the one named `test`.
public func withEngine<Result: Sendable>(
    _ definitions: Definitions, over base: any Store = MemoryStore(), clock: VirtualClock = VirtualClock(),
    platform: RecordingPlatform = RecordingPlatform(), runsTriggers: Bool = false,
    _ body: @Sendable (EngineFixture) async throws -> Result
) async throws -> Result {
    try await clock.run {
        let fixture = EngineFixture(definitions, over: base, clock: clock, platform: platform, runsTriggers: runsTriggers)
        try await fixture.engine.prepare()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await fixture.services.run()
                fixture.stopped.add(())
            }
            await fixture.settle()
            let result = try await body(fixture)
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }
}
