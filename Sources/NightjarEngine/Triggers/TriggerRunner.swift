public import Logging
internal import Synchronization

/// Owns the tasks of native triggers: starts them, cancels them, waits for their end.
///
/// Releasing the runner cancels what it started, which then ends by itself. The tasks hold the connection but not the runner, so
/// nothing keeps it alive.
public final class TriggerRunner: Sendable {
    private struct Running {
        var tasks: [Task<Void, Never>]
        var generation: Int
    }

    private struct State {
        var running: Running?
        var lastGeneration = 0
    }

    private let state = Mutex(State())
    private let triggers: [any Trigger]
    private let connection: any TriggerConnection
    private let clock: EngineClock
    private let logger: Logger
    private let executor: (any TaskExecutor)?

    /// - Parameter executor: where the triggers run; nil is the global pool.
    public init(
        triggers: [any Trigger], connection: any TriggerConnection, clock: EngineClock = .system, logger: Logger,
        executor: (any TaskExecutor)? = nil
    ) {
        self.triggers = triggers
        self.connection = connection
        self.clock = clock
        self.logger = logger
        self.executor = executor
    }

    deinit {
        for task in state.withLock({ $0.running?.tasks ?? [] }) { task.cancel() }
    }

    /// Starts every trigger. The runner counts as started until ``stop()`` has returned, even when all triggers have ended before.
    /// - Throws: ``TriggerError`` with code `alreadyStarted` when it is started.
    public func start() throws(TriggerError) {
        try state.withLock { state throws(TriggerError) in
            guard state.running == nil else { throw .alreadyStarted }
            state.lastGeneration += 1
            state.running = Running(tasks: triggers.map(begin), generation: state.lastGeneration)
        }
    }

    /// Cancels all triggers, then waits until each has ended. Before ``start()``, or again, it does nothing.
    ///
    /// Never call it from inside a trigger: it would wait for itself.
    public func stop() async {
        guard let running = state.withLock({ $0.running }) else { return }
        for task in running.tasks { task.cancel() }
        for task in running.tasks { await task.value }
        state.withLock { state in
            if state.running?.generation == running.generation { state.running = nil }
        }
    }

    private func begin(_ trigger: any Trigger) -> Task<Void, Never> {
        let context = TriggerContext(
            name: trigger.name, connection: connection, delivery: trigger.delivery, clock: clock, logger: logger)
        // Unstructured, because a trigger lives from `start` to `stop`; `stop` awaits it and `deinit` cancels it.
        return Task(executorPreference: executor) { await context.isolate(trigger.run) }
    }
}
