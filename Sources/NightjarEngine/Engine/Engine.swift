public import Logging
public import ServiceLifecycle
import Synchronization

/// The chat-ops engine: messages in, agent tasks through, replies out.
///
/// ``prepare()`` takes over what an earlier process left, ``run()`` works until the task is cancelled or a graceful shutdown
/// drains it. Everything else may be called from any task in between. The definitions can be swapped at any time with
/// ``install(_:)``; work in progress keeps those it began with.
public final class Engine: Service {
    struct State {
        var definitions: Definitions
        /// Command parsers of this generation, by platform.
        var parsers: [String: CommandParser] = [:]
        var phase = Phase.starting
        /// Messages from before were accepted by an earlier process.
        var preparedAt = Timestamp(milliseconds: 0)
        /// Sessions that are busy with a task of another session: its background tasks.
        var parentSessions: [TaskID: SessionKey] = [:]
        /// Made by ``Engine/prepare()``, which knows the slots of the last process.
        var triggers: TriggerService?
        /// By the names of triggers that requests fire.
        var requestTriggers: [String: RequestTriggerCounters] = [:]
        /// Firings in progress that another one may stop.
        var stoppable: [TriggerSlot: InboundMessage] = [:]
        /// Firings that the last process left, until they run again.
        var cutOff: [TriggerSlot: InboundMessage] = [:]
    }

    enum Phase {
        case starting
        case ready
        case draining
    }

    public let clock: EngineClock
    public let metrics: EngineMetrics
    public let orchestrator: Orchestrator
    let runsTriggers: Bool
    public let stateTable: StateTable
    let store: any Store
    let logger: Logger
    let sessions = SessionDirectory()
    let tracker = MessageTracker()
    /// Keeps the messages of one conversation in order while `on_message` handlers, which may wait, look at them.
    let lanes = Lanes<Address, InboundMessage>()
    let presenter: ReplyPresenter
    let platforms: PlatformDirectory
    let drafts: DraftBoard
    let questions = QuestionBoard()
    /// Handlers in progress that wait for a person.
    let parked = Atomic<Int>(0)
    let outbox: Outbox
    let waitingReplies = WaitingReplies()
    let state: Mutex<State>
    let incoming = Mailbox<InboundMessage>()
    let inProgress = Atomic<Int>(0)
    /// One save of triggers at a time, so that the store never ends up with the older of two.
    let triggerTurn = AsyncSemaphore(limit: 1)

    /// - Parameters:
    ///   - state: the scripts' table, which the scripts may know already.
    ///   - runsTriggers: false for `nightjar chat`, which fires none and has no platforms but those that the host installs: what another
    ///     process owes to the others stays as it is.
    ///   - makePlatform: makes a platform that scripts declare; nil for one that is installed by the host. Throws an error
    ///     whose description says what is wrong with the declaration.
    public init(
        definitions: Definitions, store: any Store, state table: StateTable? = nil, clock: EngineClock = .system, runsTriggers: Bool = true,
        makePlatform: @escaping @Sendable (PlatformDefinition) throws -> (any Platform)? = { _ in nil }, logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.logger = logger
        metrics = EngineMetrics()
        state = Mutex(State(definitions: definitions))
        stateTable = table ?? StateTable(store: store)
        let current = CurrentDefinitions()
        presenter = ReplyPresenter(metrics: metrics, logger: logger) { current.definitions }
        platforms = PlatformDirectory(presenter: presenter, clock: clock, logger: logger, make: { runsTriggers ? try makePlatform($0) : nil })
        orchestrator = Orchestrator(
            store: store, clock: clock, maxConcurrent: definitions.settings.maxConcurrent, metrics: metrics, logger: logger)
        let tracker = tracker
        drafts = DraftBoard(store: store, presenter: presenter, deadlines: orchestrator.deadlines, logger: logger)
        outbox = Outbox(
            store: store, clock: clock, presenter: presenter, drafts: drafts, metrics: metrics, logger: logger,
            onFrozen: { entry in if let id = entry.messageID { tracker.publish(.reply(entry), to: id) } },
            onFirstAttempt: { entry in
                guard let id = entry.messageID else { return }
                if case .question(let question) = entry.content { tracker.publish(.asked(question: question.id), to: id) }
                tracker.close(id)
            })
        self.runsTriggers = runsTriggers
        for name in LogPlatform.names { presenter.install(LogPlatform(name: name, logger: logger)) }
        current.engine = self
        orchestrator.delegate = self
    }

    /// Breaks the circle between the engine and the presenter it owns.
    private final class CurrentDefinitions: Sendable {
        private let reference = Mutex<Weak>(Weak())

        private struct Weak {
            weak var engine: Engine?
        }

        var engine: Engine? {
            get { reference.withLock { $0.engine } }
            set { reference.withLock { $0.engine = newValue } }
        }

        var definitions: Definitions { engine?.definitions ?? Definitions() }
    }

    // MARK: What it knows

    public var definitions: Definitions { state.withLock(\.definitions) }

    /// Whether messages are taken: started, and not shutting down.
    public var isReady: Bool { state.withLock { $0.phase == .ready } }

    public func install(_ platform: any Platform) {
        presenter.install(platform)
        deliverWaiting()
    }

    /// Fires the scripts' triggers; nil before ``prepare()``, and where none run.
    public var triggers: TriggerService? { state.withLock(\.triggers) }

    /// Where requests fire this trigger; nil when there is none, or a clock fires it.
    public func path(ofRequestTrigger name: String) -> String? { definitions.requestTriggers.first { $0.source.name == name }?.path }

    /// The scripts' triggers, by name where they run; those that requests fire come last.
    public var triggerSummaries: [TriggerSummary] {
        let (definitions, triggers, counters) = state.withLock { ($0.definitions, $0.triggers, $0.requestTriggers) }
        let onRequest = definitions.requestTriggers.map { trigger in
            TriggerSummary(trigger, counters[trigger.source.name] ?? RequestTriggerCounters(), isResting: triggers == nil)
        }
        return (triggers?.list() ?? definitions.triggers.map(TriggerSummary.init(resting:))) + onRequest
    }

    /// Swaps the definitions in one step. Work in progress keeps the old ones.
    /// - Throws: ``TriggerError`` when triggers contradict each other, ``StoreError``, what is wrong with a platform's declaration; then nothing
    ///   has changed.
    public func install(_ definitions: Definitions) async throws {
        // All that can fail comes before anything is taken into use: what runs must not get handlers of a generation that is dropped.
        let triggers = triggers
        let platformPlan = try platforms.plan(for: definitions)
        let triggerPlan = try triggers?.plan(for: definitions.triggers)
        if let triggerPlan { try await store.claimSlots(triggerPlan.anchors) }
        platforms.carryOut(platformPlan)
        deliverWaiting()
        if let triggerPlan { triggers?.carryOut(triggerPlan) }
        state.withLock {
            $0.definitions = definitions
            $0.parsers = [:]
        }
        orchestrator.maxConcurrent = definitions.settings.maxConcurrent
        // What cannot be saved now stays due, and the next flush saves it.
        if let triggers { try? await saveTriggers(of: triggers) }
    }

    func startTriggers() async throws {
        guard runsTriggers else { return }
        let service = TriggerService(
            initialSlots: try await store.lastSlots(), memories: try await store.triggerMemories(), clock: clock, logger: logger,
            hooks: TriggerService.Hooks(
                didStop: { [unowned self] in await self.didStop($0) }, didPause: { [unowned self] in await self.didPauseTrigger() }),
            // The engine outlives its triggers: it awaits them in `run()`.
            fire: { [unowned self] in try await self.fire($0, $1, isDurable: $2) })
        let plan = try service.plan(for: definitions.triggers)
        try await store.claimSlots(plan.anchors)
        service.carryOut(plan)
        try? await saveTriggers(of: service)
        state.withLock { $0.triggers = service }
    }

    // MARK: Life

    /// Works until the task is cancelled. A graceful shutdown stops taking messages, waits for the work in progress for
    /// ``EngineLimits/drainGrace``, puts the rest back and returns.
    public func run() async throws {
        let shutdown = Signal()
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.orchestrator.run() }
                group.addTask { await self.outbox.run() }
                group.addTask { await self.drafts.run() }
                if runsTriggers { group.addTask { await self.platforms.run { try await self.take($0) } } }
                group.addTask { await self.handleMessages() }
                group.addTask { await self.keepHouse() }
                if let triggers { group.addTask { await self.run(triggers) } }
                _ = await shutdown.wait()
                await drain()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            shutdown.notify()
        }
    }

    private func run(_ triggers: TriggerService) async {
        do { try await triggers.run() } catch { logger.critical("triggers do not run", metadata: ["error": "\(error)"]) }
    }

    private func drain() async {
        state.withLock { $0.phase = .draining }
        let deadline = clock.uptime + EngineLimits.drainGrace
        await orchestrator.drain(grace: EngineLimits.drainGrace)
        // Queued messages and pending tasks are not waited for: they are in the store, and the next process takes them over.
        while inProgress.load(ordering: .relaxed) > parked.load(ordering: .relaxed) || !outbox.isIdle(at: clock.now), clock.uptime < deadline,
            !Task.isCancelled
        {
            try? await clock.sleep(for: .milliseconds(20))
        }
        try? await flush()
    }

    private func keepHouse() async {
        while !Task.isCancelled {
            do {
                try await clock.sleep(for: EngineLimits.prunePeriod)
                try await flush()
                let retention = definitions.settings.retention
                while try await store.prune(retention, at: clock.now, batch: EngineLimits.pruneBatch) == EngineLimits.pruneBatch {
                    // Leaves the store to what people wait for, and ends with the engine however much is left.
                    try await clock.sleep(for: EngineLimits.prunePause)
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("finished tasks could not be pruned", metadata: ["error": "\(error)"])
            }
        }
    }
}
