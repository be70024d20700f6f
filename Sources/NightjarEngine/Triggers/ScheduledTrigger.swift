/// A ``Trigger`` that calls a handler on a schedule. A failing call is logged, and the ticking goes on.
public struct ScheduledTrigger: Trigger {
    public typealias Handler = @Sendable (TriggerContext) async throws -> Void

    public let name: String
    public let delivery: TriggerOptions.Delivery
    private let schedule: TriggerSchedule
    private let handler: Handler

    /// Calls `handler` on a fixed grid, first one period after the start. Ticks that pass while the handler runs are made up for
    /// by one call right after it; the grid stays.
    /// - Throws: ``TriggerError`` with code `invalid` when the period is not positive.
    public static func every(
        _ period: Duration, name: String, delivery: TriggerOptions.Delivery = .whenIdle, _ handler: @escaping Handler
    ) throws(TriggerError) -> ScheduledTrigger {
        try TriggerDefinition.check(period, "the period", of: name)
        return ScheduledTrigger(name: name, delivery: delivery, schedule: .every(period), handler: handler)
    }

    /// Calls `handler` once, `delay` after the start.
    /// - Throws: ``TriggerError`` with code `invalid` when the delay is not positive.
    public static func after(
        _ delay: Duration, name: String, delivery: TriggerOptions.Delivery = .whenIdle, _ handler: @escaping Handler
    ) throws(TriggerError) -> ScheduledTrigger {
        try TriggerDefinition.check(delay, "the delay", of: name)
        return ScheduledTrigger(name: name, delivery: delivery, schedule: .after(delay), handler: handler)
    }

    /// Calls `handler` once when the wall clock shows `moment`, at once when it is past.
    public static func at(
        _ moment: Timestamp, name: String, delivery: TriggerOptions.Delivery = .whenIdle, _ handler: @escaping Handler
    ) -> ScheduledTrigger {
        ScheduledTrigger(name: name, delivery: delivery, schedule: .at(moment), handler: handler)
    }

    private init(name: String, delivery: TriggerOptions.Delivery, schedule: TriggerSchedule, handler: @escaping Handler) {
        self.name = name
        self.delivery = delivery
        self.schedule = schedule
        self.handler = handler
    }

    public func run(_ context: TriggerContext) async throws {
        switch schedule {
        case .every(let period):
            try await tick(every: period, context)
        case .after(let delay):
            try await context.clock.sleep(for: delay)
            try await handler(context)
        case .at(let moment):
            try await context.clock.sleep(until: moment)
            try await handler(context)
        }
    }

    private func tick(every period: Duration, _ context: TriggerContext) async throws {
        var due = context.clock.uptime + period
        while true {
            try await context.clock.sleep(untilUptime: due)
            try Task.checkCancellation()
            due = FiringGrid.firstTick(after: context.clock.uptime, from: due, period: period)
            await context.isolate(handler)
        }
    }
}
