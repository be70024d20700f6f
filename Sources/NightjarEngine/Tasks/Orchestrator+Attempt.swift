import Logging
import Synchronization

extension Orchestrator {
    /// Runs one claimed attempt to its end, whatever that is.
    func run(_ task: TaskRecord, _ attempt: RunningTask, isFirstStart: Bool) async {
        if let delegate, let fence = task.fence {
            keepPromise(to: task)
            events.publish(task)
            await delegate.didBegin(task)
            let end = await attempt.perform {
                await self.attempt(task, fence, isFirstStart, attempt, delegate.definitions, delegate)
            }
            if let end { await conclude(task, fence, end, delegate) }
            delegate.didLeave(task)
        }
        attempts.remove(task.id)
        if let cancelled = attempt.close() { await conclude(cancelled) }
    }

    /// - Returns: what happened; nil when somebody else has decided the task's end.
    private func attempt(
        _ task: TaskRecord, _ fence: TaskFence, _ isFirstStart: Bool, _ attempt: RunningTask,
        _ definitions: Definitions, _ delegate: any OrchestratorDelegate
    ) async -> AttemptEnd? {
        let usage = UsageMeter()
        guard let agent = definitions.agents[task.agent] else {
            return .failed(Self.unknownAgent(task.agent), isRetryable: false, retryAfter: nil, usage: .zero)
        }
        let limit = agent.timeout ?? definitions.settings.commandTimeout
        let remaining = (task.startedAt ?? clock.now) + limit - clock.now
        guard remaining > .zero else { return .timedOut(after: limit, usage: .zero, trouble: trouble(of: task, agent)) }
        let deadline = deadlines.schedule(after: remaining) { attempt.stop(.timeout(limit)) }
        defer { deadlines.cancel(deadline) }
        do {
            try attempt.checkStop()
            let output = try await work(task, fence, agent, isFirstStart, usage, definitions, delegate)
            return .succeeded(output: output, usage: usage.total)
        } catch {
            return end(for: error, stopReason: attempt.stopReason, usage: usage.total, trouble: trouble(of: task, agent))
        }
    }

    func work(
        _ task: TaskRecord, _ fence: TaskFence, _ agent: AgentDefinition, _ isFirstStart: Bool, _ usage: UsageMeter,
        _ definitions: Definitions, _ delegate: any OrchestratorDelegate
    ) async throws -> String {
        let hooks = HookRunner(hooks: definitions.hooks, logger: logger)
        var task = task
        if hooks.has(.preTask) {
            let event = HookEvent(point: .preTask, task: TaskSummary(task, at: clock.now), input: task.input)
            let context = delegate.context(for: task, callID: "pre_task", definitions: definitions)
            task.input = try await hooks.runBefore(event, context: context)
        }
        let current = task
        return try await AgentRun(
            task: current, fence: fence, isFirstStart: isFirstStart, agent: agent, store: store, hooks: hooks,
            breaker: breakers[agent.modelName], troubles: troubles, clock: clock, metrics: metrics,
            makeContext: { delegate.context(for: current, callID: $0, definitions: definitions) },
            usage: usage, onText: { await delegate.didStream($0, of: current) }
        ).run()
    }

    /// - Parameter trouble: said with a time-out.
    func end(
        for error: any Error, stopReason: RunningTask.StopReason?, usage: TokenUsage, trouble: String?
    ) -> AttemptEnd? {
        switch stopReason {
        case .cancelled: return nil
        case .timeout(let limit): return .timedOut(after: limit, usage: usage, trouble: trouble)
        case .shutdown: return .shutdown
        case nil: break
        }
        // The whole engine is being stopped: the work goes back as it was.
        if Task.isCancelled { return .shutdown }
        switch error {
        case AgentRunError.breakerOpen(let until): return .postponed(until: until)
        case AgentRunError.fenceLost: return nil
        // Not the task's fault: it goes on when the store does, until its time is over.
        case let error as StoreError where error.isTransient: return .postponed(until: clock.now + Self.storeRetryPause)
        default: break
        }
        let (failure, retryAfter, isRetryable) = Self.failure(for: error)
        return .failed(failure, isRetryable: isRetryable, retryAfter: retryAfter, usage: usage)
    }

    static func failure(for error: any Error) -> (TaskFailure, retryAfter: Duration?, isRetryable: Bool) {
        switch error {
        case let error as ModelError:
            (TaskFailure(code: "model_error", message: error.message), error.retryAfter, error.isRetryable)
        case AgentRunError.refused(let reason):
            (TaskFailure(code: "refused", message: reason), nil, false)
        case AgentRunError.tooManyIterations(let limit):
            (
                TaskFailure(
                    code: "too_many_iterations",
                    message: "still calling tools after \(limit) answers; raise max_iterations if that is meant"), nil, false
            )
        case let error as ScriptError:
            (TaskFailure(code: error.code, message: error.description), nil, false)
        case let error as HandlerFailure:
            (TaskFailure(code: "refused", message: error.message), nil, false)
        case let error as StoreError:
            (TaskFailure(code: error.code.description, message: error.message), nil, false)
        case is CancellationError:
            (TaskFailure(code: "interrupted", message: "something that this task waited for was cancelled"), nil, true)
        default:
            (TaskFailure(code: "error", message: "\(error)"), nil, false)
        }
    }

    static func unknownAgent(_ name: String) -> TaskFailure {
        TaskFailure(code: "unknown_agent", message: "the agent \"\(name)\" is not defined any more")
    }
}
