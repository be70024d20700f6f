extension Orchestrator {
    /// Stores a task. When a permit is free and nothing else is due it starts in the same step, else it waits for the dispatcher.
    /// - Parameter notice: the acknowledgement: stored in the same step, and sent before anything else is said of the task.
    func submit(_ task: TaskRecord, quota: Int?, notice: OutboxEntry? = nil) async throws -> EnqueueOutcome {
        if let notice { promises.promise(notice, of: task.id) }
        defer { if notice != nil { promises.withdraw(of: task.id) } }
        attempts.willStart(task.id)
        let permit = PermitOnDemand { self.isDraining || self.backlog.isKnown ? nil : self.semaphore.tryAcquire() }
        do {
            let start = ImmediateStart(now: clock.now, mayStart: permit.take)
            let outcome = try await enqueue(task, quota: quota, notice: notice, start: start)
            guard case .enqueued(let stored) = outcome else {
                forgetStart(of: task.id, permit)
                return outcome
            }
            if notice != nil { keepPromise(to: stored) }
            metrics.taskSubmitted()
            events.publish(task)
            if stored.leaseToken == start.leaseToken, let permit = permit.keep() {
                await handOver(StartedTask(task: stored, attempt: attempts.started(stored), permit: permit))
            } else {
                backlog.add()
                forgetStart(of: task.id, permit)
            }
            return outcome
        } catch {
            forgetStart(of: task.id, permit)
            throw error
        }
    }

    private func enqueue(_ task: TaskRecord, quota: Int?, notice: OutboxEntry?, start: ImmediateStart) async throws -> EnqueueOutcome {
        board.expect(task.id)
        do {
            let outcome = try await store.enqueue(task, quota: quota, notice: notice, start: start)
            if case .enqueued = outcome { return outcome }
            board.stopExpecting(task.id)
            return outcome
        } catch {
            board.stopExpecting(task.id)
            throw error
        }
    }

    /// The task did not start: what was kept for that is free, and the dispatcher may use it.
    private func forgetStart(of id: TaskID, _ permit: PermitOnDemand) {
        attempts.didNotStart(id)
        permit.keep()?.release()
        wakeIfNeeded()
    }

    /// Gives a started task to the dispatcher, whose group runs all attempts.
    private func handOver(_ start: StartedTask) async {
        if starts.put(start) { work.notify() } else { await withdraw(start) }
    }

    /// Puts back a task that was started while the process began to go down.
    func withdraw(_ start: StartedTask) async {
        if let fence = start.task.fence, let delegate {
            _ = await settle(start.task, fence, .withdraw, delegate)
        }
        attempts.remove(start.task.id)
        start.permit.release()
        if let cancelled = start.attempt.close() { await conclude(cancelled) }
    }
}
