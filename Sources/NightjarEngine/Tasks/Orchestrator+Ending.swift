import Logging

extension Orchestrator {
    /// Decides what follows from the end of an attempt, and writes it under the fence.
    func conclude(_ task: TaskRecord, _ fence: TaskFence, _ end: AttemptEnd, _ delegate: any OrchestratorDelegate) async {
        let change = lifecycle.change(after: end, of: task.attempt, at: clock.now, random: .random(in: 0...1))
        guard let settled = await settle(task, fence, change, delegate) else { return }
        logFailure(of: task, attempt: task.attempt, end, change, delegate.definitions)
        await followUp(settled, change)
    }

    func settle(
        _ task: TaskRecord, _ fence: TaskFence, _ change: TaskChange, _ delegate: any OrchestratorDelegate
    ) async -> (task: TaskRecord, notices: [OutboxEntry])? {
        let now = clock.now
        let notices = task.reporting != .none ? report(task, after: change, at: now, delegate) : []
        // A result that cannot be written is kept and tried again: the disk may have room again, and the work is done.
        while true {
            do {
                guard let settled = try await store.settle(fence, change, notices: notices, at: now) else {
                    logger.info("an attempt came too late", metadata: ["task.id": "\(task.id)"])
                    return nil
                }
                return (settled, notices)
            } catch {
                logger.error(
                    "a task's end cannot be stored, trying again",
                    metadata: ["task.id": "\(task.id)", "error": "\(error)"])
                if (error as? StoreError)?.code == .closed { return nil }
                do { try await clock.sleep(for: Self.storeRetryPause) } catch { return nil }
            }
        }
    }

    private func followUp(_ settled: (task: TaskRecord, notices: [OutboxEntry]), _ change: TaskChange) async {
        switch change {
        case .retry:
            metrics.taskRetried()
            putBack(settled.task)
        case .release, .withdraw:
            putBack(settled.task)
        case .complete, .fail:
            tellEnd(of: settled.task, notices: settled.notices)
            await conclude(settled.task)
        }
    }

    /// The task is in the queue again; whether it is due or delayed, the dispatcher has to look.
    private func putBack(_ task: TaskRecord) {
        backlog.suspect()
        events.publish(task)
    }

    /// Tells everybody who waits for it that a task reached its final state.
    func tellEnd(of task: TaskRecord, notices: [OutboxEntry]) {
        metrics.taskFinished(task.state, ran: task.startedAt.map { (task.finishedAt ?? clock.now) - $0 })
        board.post(task)
        events.publish(task)
        delegate?.didPost(notices)
    }

    /// What follows when a task has reached its final state and its work has stopped.
    func conclude(_ task: TaskRecord) async {
        guard let delegate else { return }
        await runPostTask(task, delegate)
        await delegate.didFinish(task)
    }

    private func report(
        _ task: TaskRecord, after change: TaskChange, at now: Timestamp, _ delegate: any OrchestratorDelegate
    ) -> [OutboxEntry] {
        var task = task
        task.apply(change, at: now)
        guard let content = Self.report(of: task, at: now, isVerbose: delegate.definitions.settings.isVerbose) else { return [] }
        return [delegate.outboxEntry(content, about: task, origin: OutboxEntry.origin(ofEndOf: task.id))]
    }

    /// What a task's address is told of its end; nil when somebody waits for it in another way.
    static func report(of task: TaskRecord, at now: Timestamp, isVerbose: Bool) -> ReplyContent? {
        var summary: TaskSummary { TaskSummary(task, at: now, isVerbose: isVerbose) }
        return switch (task.reporting, task.state) {
        case (.none, _), (_, .pending), (_, .running): nil
        case (.answer, .completed): .text(task.output ?? "")
        case (.completion, .completed): .taskCompleted(summary)
        case (_, .failed): .taskFailed(summary)
        case (_, .cancelled): .taskCancelled(summary)
        }
    }

    private func runPostTask(_ task: TaskRecord, _ delegate: any OrchestratorDelegate) async {
        let definitions = delegate.definitions
        let hooks = HookRunner(hooks: definitions.hooks, logger: logger)
        guard hooks.has(.postTask) else { return }
        let summary = TaskSummary(task, at: clock.now)
        let event = HookEvent(
            point: .postTask, task: summary, input: task.input, output: task.output, failure: task.failure,
            duration: summary.ran)
        await hooks.runAfter(event, context: delegate.context(for: task, callID: "post_task", definitions: definitions))
    }
}
