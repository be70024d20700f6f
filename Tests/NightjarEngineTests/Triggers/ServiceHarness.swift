import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting

/// A trigger service on a virtual clock, whose handlers note when they begin: `name@seconds`.
struct ServiceHarness: Sendable {
    static let start = Timestamp(milliseconds: 1_767_225_600_000)

    typealias Handler = @Sendable (ServiceHarness.Firing) async throws -> FireOutcome

    struct Firing: Sendable {
        var name: String
        var slot: Timestamp
        var isDurable: Bool
        var clock: EngineClock
    }

    let clock: VirtualClock
    let log = Recorder<String>()
    let slots = Recorder<TriggerSlot>()
    let lines = InMemoryLogHandler()
    let service: TriggerService

    init(
        clock: VirtualClock = VirtualClock(), engineClock: EngineClock? = nil, initialSlots: [String: Timestamp] = [:],
        handler: @escaping Handler = { _ in .completed }
    ) {
        self.clock = clock
        let engineClock = engineClock ?? .virtual(clock, startingAt: Self.start)
        let (log, slots, lines) = (log, slots, lines)
        service = TriggerService(
            initialSlots: initialSlots, clock: engineClock, logger: Logger(label: "test") { _ in lines }
        ) { trigger, slot, isDurable in
            log.add("\(trigger.name)@\(Self.seconds(clock.now.offset))")
            slots.add(slot)
            return try await handler(Firing(name: trigger.name, slot: slot.due, isDurable: isDurable, clock: engineClock))
        }
    }

    /// A moment by its seconds since the start.
    static func moment(_ seconds: Double) -> Timestamp { start + .seconds(seconds) }

    static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        return milliseconds.isMultiple(of: 1000) ? "\(milliseconds / 1000)" : "\(Double(milliseconds) / 1000)"
    }

    /// When a trigger's handlers began.
    func times(_ name: String = "t") -> [String] {
        log.all.compactMap { $0.hasPrefix("\(name)@") ? String($0.dropFirst(name.count + 1)) : nil }
    }

    func summary(_ name: String = "t") -> TriggerSummary? {
        service.list().first { $0.name == name }
    }

    /// The triggers that the log complains about, one entry per line.
    var loggedTriggers: [String] {
        lines.entries.compactMap { $0.level >= .error ? $0.metadata["trigger.name"]?.description : nil }
    }

    /// Runs the service beside `body` on the clock's executor, and ends it when `body` returns.
    func run(_ triggers: [TriggerDefinition], _ body: @Sendable (ServiceHarness) async throws -> Void) async throws {
        try await clock.run {
            try service.reconcile(with: triggers)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await service.run() }
                await clock.settle()
                try await body(self)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}

extension TriggerDefinition {
    static func test(_ schedule: TriggerSchedule, _ options: TriggerOptions = TriggerOptions()) -> Self {
        test("t", schedule, options)
    }

    static func test(_ name: String, _ schedule: TriggerSchedule, _ options: TriggerOptions = TriggerOptions()) -> Self {
        TriggerDefinition(name: name, schedule: schedule, options: options) { _ in .none }
    }
}
