import Logging
import Synchronization

extension Engine {
    /// Stores a task outside of any session's turn and runs it when its time comes. It keeps its session busy.
    func submit(_ task: TaskRecord, quota: Int?, notice: OutboxEntry? = nil, parent: TaskRecord? = nil) async throws -> EnqueueOutcome {
        sessions.independentTaskBegan(at: task.session)
        if let parent {
            sessions.independentTaskBegan(at: parent.session)
            state.withLock { $0.parentSessions[task.id] = parent.session }
        }
        if let id = task.messageID { tracker.open(id) }
        do {
            let outcome = try await orchestrator.submit(task, quota: quota, notice: notice)
            if case .enqueued = outcome { return outcome }
            await didFinish(task)
            return outcome
        } catch {
            await didFinish(task)
            throw error
        }
    }

    /// Submits a task of a script and returns it as stored.
    /// - Throws: ``ScriptError`` when there is no such agent; ``HandlerFailure`` when it is refused.
    func start(
        agent: String, input: String, address: Address, messageID: MessageID?, replyRoute: String?, parent: TaskRecord?,
        origin: String?, reporting: TaskReporting = .completion, definitions: Definitions
    ) async throws -> TaskRecord {
        guard definitions.agents[agent] != nil else {
            throw ScriptError(.unknownAgent(agent, known: definitions.agents.keys))
        }
        let task = TaskRecord(
            agent: agent, input: input, address: address, messageID: messageID, origin: origin, parent: parent?.id,
            reporting: reporting, replyRoute: replyRoute, createdAt: clock.now)
        let outcome = try await whenStoreWorks(["task.id": "\(task.id)"]) {
            try await submit(task, quota: definitions.settings.maxTasksPerUser, parent: parent)
        }
        switch outcome {
        case .enqueued(let task), .existing(let task): return task
        case .overQuota(let active): throw HandlerFailure(.overQuota(active: active))
        }
    }

    func runAndWait(
        agent: String, input: String, address: Address, messageID: MessageID?, replyRoute: String?, origin: String?,
        definitions: Definitions
    ) async throws -> TaskRecord {
        let task = try await start(
            agent: agent, input: input, address: address, messageID: messageID, replyRoute: replyRoute, parent: nil, origin: origin,
            reporting: .none, definitions: definitions)
        return try await whenStoreWorks(["task.id": "\(task.id)"]) { try await orchestrator.result(of: task.id) }
    }

    func runNested(
        agent: String, input: String, parent: TaskRecord, origin: String?, definitions: Definitions
    ) async throws -> TaskRecord {
        guard definitions.agents[agent] != nil else {
            throw ScriptError(.unknownAgent(agent, known: definitions.agents.keys))
        }
        guard parent.depth < AgentLimits.nestingMax else {
            throw HandlerFailure("agents may run agents only \(AgentLimits.nestingMax) deep; this would be one more")
        }
        let task = TaskRecord(
            agent: agent, input: input, address: parent.address, priority: parent.priority, messageID: parent.messageID,
            origin: origin, parent: parent.id, depth: parent.depth + 1, reporting: .none, replyRoute: parent.replyRoute,
            createdAt: clock.now)
        return try await whenStoreWorks(["task.id": "\(task.id)"]) {
            try await orchestrator.runNested(task, definitions: definitions)
        }
    }

    // MARK: For the API and the scripts' `tasks`

    /// Submits a task for a user of the HTTP API.
    /// - Throws: ``EngineError`` with code `refused` when there is no such agent or the user has too many tasks.
    public func submitTask(agent: String, input: String, user: String, priority: TaskPriority = .normal) async throws -> TaskRecord {
        let definitions = definitions
        guard isReady else { throw EngineError(.unavailable, "the engine is starting or shutting down; try again soon") }
        guard definitions.agents[agent] != nil else {
            throw EngineError(.refused, ReplyError.unknownAgent(agent, known: definitions.agents.keys).text)
        }
        let task = TaskRecord(
            agent: agent, input: input, address: Address(platform: LogPlatform.apiName, channel: LogPlatform.apiName, user: user), priority: priority,
            reporting: .none, createdAt: clock.now)
        switch try await submit(task, quota: definitions.settings.maxTasksPerUser) {
        case .enqueued(let task), .existing(let task): return task
        case .overQuota(let active): throw EngineError(.refused, ReplyError.overQuota(active: active).text)
        }
    }

    /// Waits until a task has ended, and gives it as it is then.
    /// - Throws: ``StoreError``, `CancellationError`.
    public func result(of id: TaskID) async throws -> TaskRecord { try await orchestrator.result(of: id) }

    public func task(_ id: TaskID) async throws -> TaskRecord? { try await store.task(id) }

    /// The tasks whose id begins so; an id need not be typed in full.
    public func tasks(idPrefix prefix: String) async throws -> [TaskRecord] { try await store.tasks(idPrefix: prefix, limit: 10) }

    public func tasks(_ query: TaskQuery) async throws -> TaskPage { try await store.tasks(query) }

    /// Cancels a task; its address is told, unless somebody else waits for its end.
    public func cancel(_ id: TaskID) async throws -> CancelOutcome {
        guard var task = try await store.task(id) else { return .notFound }
        task.state = .cancelled
        task.finishedAt = clock.now
        let report = Orchestrator.report(of: task, at: clock.now, isVerbose: definitions.settings.isVerbose)
        let notice = report.map { outboxEntry($0, about: task, origin: OutboxEntry.origin(ofEndOf: id)) }
        return try await orchestrator.cancel(id, notice: notice)
    }

    /// Runs a finished task again, as a new one that names the old.
    /// - Throws: ``ReplyError`` when it is still active, its agent is gone, or the user has too many tasks.
    public func retry(_ old: TaskRecord, messageID: MessageID?, replyRoute: String?, origin: String?) async throws -> TaskRecord {
        guard old.state.isFinal else {
            throw ReplyError(level: .validation, code: "not_finished", message: "the task \(old.id) has not ended yet")
        }
        let definitions = definitions
        guard definitions.agents[old.agent] != nil else {
            throw ReplyError.unknownAgent(old.agent, known: definitions.agents.keys)
        }
        let isTold = !LogPlatform.names.contains(old.address.platform)
        let task = TaskRecord(
            agent: old.agent, input: old.input, address: old.address, priority: old.priority, metadata: old.metadata,
            messageID: messageID, origin: origin, retryOf: old.id, reporting: isTold ? .completion : .none, replyRoute: replyRoute,
            createdAt: clock.now)
        return try await begin(task)
    }

    /// Submits a task that is acknowledged and reported to its address.
    /// - Throws: ``ReplyError`` when the user has too many tasks.
    func begin(_ task: TaskRecord) async throws -> TaskRecord {
        let settings = definitions.settings
        let notice =
            settings.autoAcknowledge && task.reporting != .none
            ? outboxEntry(
                .taskStarted(TaskSummary(task, at: clock.now)), about: task, origin: task.origin.map { "\($0)/ack" } ?? "\(task.id)#ack")
            : nil
        switch try await submit(task, quota: settings.maxTasksPerUser, notice: notice) {
        case .enqueued(let task), .existing(let task): return task
        case .overQuota(let active): throw ReplyError.overQuota(active: active)
        }
    }

    /// The last tasks that ended among those begun lately: one that ran longer than many others has told of its end itself.
    private func lastFinished(user: String?, at now: Timestamp) async throws -> [TaskSummary] {
        let query = TaskQuery(states: [.completed, .failed, .cancelled], user: user, limit: EngineLimits.recentTasksMax)
        let latest = try await store.tasks(query).tasks.sorted { ($0.finishedAt ?? $0.createdAt) > ($1.finishedAt ?? $1.createdAt) }
        return latest.prefix(NativeFormatter.listedMax).map { task in
            var summary = TaskSummary(task, at: now)
            // Lists show no outputs, and ten of them may be long.
            summary.output = nil
            return summary
        }
    }

    public func overview(user: String?, at now: Timestamp) async throws -> TaskOverview {
        let counts = try await store.taskCounts(user: user)
        let running = try await store.tasks(TaskQuery(states: [.running], user: user, limit: 10)).tasks
        let pending =
            running.count < 10
            ? try await store.tasks(TaskQuery(states: [.pending], user: user, limit: 10 - running.count)).tasks : []
        let active = (running + pending).map { TaskSummary($0, at: now) }
        let total = counts[.running, default: 0] + counts[.pending, default: 0]
        return TaskOverview(
            counts: counts, active: active, more: max(0, total - active.count),
            finished: try await lastFinished(user: user, at: now), maxConcurrent: orchestrator.maxConcurrent,
            free: max(0, orchestrator.maxConcurrent - orchestrator.runningCount),
            undelivered: try await undelivered(user: user, task: nil))
    }

    /// What `/status` shows of a task.
    /// - Parameter user: whose replies are shown; nil is everyone's.
    func status(of task: TaskRecord, user: String?) async throws -> TaskSummary {
        var summary = TaskSummary(task, at: clock.now)
        summary.undelivered = try await undelivered(user: user, task: task.id)
        return summary
    }

    private func undelivered(user: String?, task: TaskID?) async throws -> [DeadLetter]? {
        let dead = try await store.deadReplies(user: user, task: task, limit: NativeFormatter.listedMax)
        return dead.isEmpty ? nil : dead.map(DeadLetter.init)
    }
}
