extension Orchestrator {
    /// Runs a task inside another one: under its permit and quota, as part of its Swift task, so that a cancel of the parent reaches it.
    ///
    /// - Parameter task: with its parent, depth and origin set. A known origin returns what became of it.
    /// - Throws: ``StoreError``, `CancellationError`. A failed task is not an error here: look at its state.
    func runNested(_ task: TaskRecord, definitions: Definitions) async throws -> TaskRecord {
        let token = TaskFence.randomToken()
        let now = clock.now
        let stored = try await store.startNested(task, leaseToken: token, at: now)
        if stored.state.isFinal { return stored }
        guard stored.leaseToken == token, let fence = stored.fence, let delegate else { return try await result(of: stored.id) }
        metrics.taskSubmitted()
        events.publish(stored)
        let attempt = RunningTask()
        attempts.add(attempt, for: stored.id)
        let nested = NestedRun(
            task: stored, fence: fence, attempt: attempt, isFirstStart: stored.startedAt == now, definitions: definitions)
        let ended = await run(nested, delegate)
        attempts.remove(stored.id)
        if let cancelled = attempt.close() { await conclude(cancelled) }
        guard let ended, ended.state.isFinal else {
            try Task.checkCancellation()
            return try await store.task(stored.id) ?? stored
        }
        // Cancelled because the parent is being stopped, and not by itself.
        if ended.state == .cancelled { try Task.checkCancellation() }
        return ended
    }

    private struct NestedRun: Sendable {
        var task: TaskRecord
        var fence: TaskFence
        var attempt: RunningTask
        var isFirstStart: Bool
        var definitions: Definitions
    }

    /// - Returns: the task as it is in the store afterwards; nil when somebody else has decided its end.
    private func run(_ nested: NestedRun, _ delegate: any OrchestratorDelegate) async -> TaskRecord? {
        let task = nested.task
        let limit = nested.definitions.agents[task.agent]?.timeout ?? nested.definitions.settings.commandTimeout
        let remaining = (task.startedAt ?? clock.now) + limit - clock.now
        let deadline = deadlines.schedule(after: max(remaining, .zero)) { nested.attempt.stop(.timeout(limit)) }
        defer { deadlines.cancel(deadline) }
        let end = await nested.attempt.perform { await self.end(of: nested, delegate) }
        switch end {
        case nil: return nil
        case .abandoned:
            guard case .cancelled(let cancelled, _)? = try? await store.cancel(task.id, notice: nil, at: clock.now) else { return nil }
            tellEnd(of: cancelled, notices: [])
            await conclude(cancelled)
            return cancelled
        case .change(let change):
            guard let (settled, _) = await settle(task, nested.fence, change, delegate) else { return nil }
            if settled.state.isFinal {
                tellEnd(of: settled, notices: [])
                await conclude(settled)
            }
            return settled
        }
    }

    private enum NestedEnd: Sendable {
        case change(TaskChange)
        /// Its parent goes on or ends without it.
        case abandoned
    }

    /// Repeats attempts until one decides. The task holds its parent's permit, so it waits in place instead of going back to the queue.
    private func end(of nested: NestedRun, _ delegate: any OrchestratorDelegate) async -> NestedEnd? {
        var attempt = nested.task.attempt
        var isFirst = nested.isFirstStart
        while true {
            let end: AttemptEnd?
            do throws(Abandoned) {
                end = try await self.attempt(nested, isFirst, delegate)
            } catch {
                return .abandoned
            }
            guard let end else { return nil }
            let change = lifecycle.change(after: end, of: attempt, at: clock.now, random: .random(in: 0...1))
            logFailure(of: nested.task, attempt: attempt, end, change, nested.definitions)
            switch change {
            case .retry(let until):
                attempt += 1
                metrics.taskRetried()
                // When the pause is cut short, the attempt after it sees why.
                try? await clock.sleep(until: until)
            case .release(let until?):
                try? await clock.sleep(until: until)
            case .complete, .fail, .release, .withdraw: return .change(change)
            }
            isFirst = false
        }
    }

    /// The parent was stopped, and with it the nested task for good.
    private struct Abandoned: Error {}

    /// - Returns: nil when somebody else has decided the task's end.
    private func attempt(
        _ nested: NestedRun, _ isFirst: Bool, _ delegate: any OrchestratorDelegate
    ) async throws(Abandoned) -> AttemptEnd? {
        guard let agent = nested.definitions.agents[nested.task.agent] else {
            return .failed(Self.unknownAgent(nested.task.agent), isRetryable: false, retryAfter: nil, usage: .zero)
        }
        let usage = UsageMeter()
        do {
            try nested.attempt.checkStop()
            try Task.checkCancellation()
            let output = try await work(nested.task, nested.fence, agent, isFirst, usage, nested.definitions, delegate)
            return .succeeded(output: output, usage: usage.total)
        } catch {
            // What stops the parent stops the nested task, unless the process goes down.
            if nested.attempt.stopReason == nil, Task.isCancelled, !isDraining { throw Abandoned() }
            return end(
                for: error, stopReason: nested.attempt.stopReason, usage: usage.total, trouble: trouble(of: nested.task, agent))
        }
    }
}
