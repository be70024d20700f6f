import Logging
import Synchronization

extension Orchestrator {
    /// Most tasks claimed in one step: enough to share a transaction, few enough that other machines get their part.
    static let claimBatchMax = 64

    /// The dispatcher: runs until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.deadlines.run() }
            work.notify()
            while await work.wait() {
                takeStarts(in: &group)
                do {
                    if !isDraining { try await dispatch(in: &group) }
                } catch is CancellationError {
                    break
                } catch {
                    logger.error("tasks cannot be claimed, trying again", metadata: ["error": "\(error)"])
                    backlog.suspect()
                    backlog.pause()
                    deadlines.schedule(after: Self.storeRetryPause) { [weak self] in
                        self?.backlog.resume()
                        self?.work.notify()
                    }
                }
            }
            for start in starts.close() { group.addTask { await self.withdraw(start) } }
            group.cancelAll()
        }
    }

    /// Wakes the dispatcher if it has something to do with a permit that came back.
    func wakeIfNeeded() {
        if backlog.isKnown { work.notify() }
    }

    private func takeStarts(in group: inout DiscardingTaskGroup) {
        for start in starts.takeAll() {
            group.addTask {
                if self.isDraining { await self.withdraw(start) } else { await self.run(start, isFirstStart: true) }
            }
        }
    }

    private func dispatch(in group: inout DiscardingTaskGroup) async throws {
        while backlog.isKnown {
            var permits = semaphore.tryAcquire(upTo: backlog.expected(upTo: Self.claimBatchMax))
            if permits.isEmpty { return }
            let now = clock.now
            let claimed = try await claim(limit: permits.count, at: now)
            for (task, attempt) in claimed {
                let start = StartedTask(task: task, attempt: attempt, permit: permits.removeLast())
                group.addTask { await self.run(start, isFirstStart: task.startedAt == now) }
            }
            if let due = try await store.nextDelayedTask() { wake(at: due) }
        }
    }

    private func run(_ start: StartedTask, isFirstStart: Bool) async {
        await run(start.task, start.attempt, isFirstStart: isFirstStart)
        start.permit.release()
        wakeIfNeeded()
    }

    private func claim(limit: Int, at now: Timestamp) async throws -> [(TaskRecord, RunningTask)] {
        attempts.willClaim()
        var tasks: [TaskRecord] = []
        defer { if tasks.isEmpty { _ = attempts.claimed([]) } }
        tasks = try await backlog.claim(limit) { try await store.claim(limit: limit, at: now) }
        return Array(zip(tasks, attempts.claimed(tasks)))
    }

    struct Alarm {
        var id: DeadlineTimer.ID
        var uptime: Duration
    }

    /// Wakes the dispatcher when a delayed task falls due. There is one alarm, for the earliest: the dispatcher sets the next one.
    private func wake(at due: Timestamp) {
        let delay = max(due - clock.now, .zero)
        let uptime = clock.uptime + delay
        alarm.withLock { alarm in
            if let alarm, alarm.uptime <= uptime { return }
            if let alarm { deadlines.cancel(alarm.id) }
            let id = deadlines.schedule(after: delay) { [weak self] in
                self?.alarm.withLock { $0 = nil }
                self?.backlog.suspect()
                self?.work.notify()
            }
            alarm = Alarm(id: id, uptime: uptime)
        }
    }
}
