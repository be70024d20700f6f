internal import DequeModule
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

extension TriggerService {
    /// Fires what is due until it is cancelled or the process shuts down gracefully; returns when all handlers have ended.
    /// - Throws: ``TriggerError`` with code `alreadyStarted` while another call runs.
    public func run() async throws {
        let (wakeUps, loop) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try state.withLock { state throws(TriggerError) in
            guard state.loop == nil else { throw .alreadyStarted }
            state.loop = loop
            state.isStopping = false
        }
        defer { state.withLock { $0.loop = nil } }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                var signals = wakeUps.makeAsyncIterator()
                while !Task.isCancelled, let wake = await begin(in: &group) {
                    await nap(until: wake, orSignal: &signals, loop)
                }
                group.cancelAll()
                group.addTask { await self.work() }
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.isStopping = true }
            loop.yield()
        }
    }

    private enum Wake {
        case at(uptime: Duration)
        case onSignal
    }

    /// Puts workers on what is due until nothing waits.
    /// - Returns: when to look again, or nil when the process shuts down.
    private func begin(in group: inout DiscardingTaskGroup) async -> Wake? {
        var crew = TriggerLimits.crewMin
        while !Task.isCancelled, !state.withLock(\.isStopping) {
            let (waiting, cancels, wake) = takeDue()
            for signal in cancels { signal.send() }
            if waiting.now == 0 { return wake }
            crew = waiting.before == 0 ? TriggerLimits.crewMin : min(crew * 2, TriggerLimits.crewMax)
            for _ in 0..<min(crew, waiting.now) { group.addTask { await self.work() } }
            // Lets the workers begin: what is left when the loop gets its turn again waits for more of them.
            await Task.yield()
        }
        return nil
    }

    /// Moves what is due to the queue.
    /// - Returns: how many firings wait for a worker and did so before, how to cancel those that must go, and when to look again.
    private func takeDue() -> (waiting: (now: Int, before: Int), cancels: [CancelSignal], wake: Wake) {
        let uptime = clock.uptime
        let wall = clock.now
        return state.withLock { state in
            state.table.observe(wall: wall, uptime: uptime)
            let work = state.table.takeDue(at: state.table.moment(atUptime: uptime), limit: TriggerLimits.batchMax)
            noteUnsaved(state.table)
            let before = state.queue.count
            state.queue.append(contentsOf: work.firings)
            for firing in work.firings where firing.isCancellable { state.cancelSignals[firing.number] = CancelSignal() }
            let wake = state.table.nextWakeUptime(now: uptime).map { Wake.at(uptime: $0) } ?? .onSignal
            return ((state.queue.count, before), work.cancels.compactMap { state.cancelSignals[$0] }, wake)
        }
    }

    private func nap(
        until wake: Wake, orSignal signals: inout AsyncStream<Void>.Iterator, _ loop: AsyncStream<Void>.Continuation
    ) async {
        guard case .at(let uptime) = wake else {
            _ = await signals.next()
            return
        }
        let clock = clock
        await withDiscardingTaskGroup { timer in
            timer.addTask {
                if (try? await clock.sleep(untilUptime: uptime)) != nil { loop.yield() }
            }
            _ = await signals.next()
            timer.cancelAll()
        }
    }

    // MARK: Workers

    /// Performs firings until none waits.
    private func work() async {
        var next = state.withLock { $0.queue.popFirst() }
        while let firing = next {
            let outcome = firing.isCancellable ? await cancellableOutcome(of: firing) : await outcome(of: firing)
            let isPaused: Bool
            (next, isPaused) = finish(firing, outcome)
            if isPaused { await hooks.didPause() }
        }
    }

    /// - Returns: the next firing to perform, and whether this one's failure has paused its trigger.
    private func finish(_ firing: TriggerFiring, _ outcome: FireOutcome?) -> (next: TriggerFiring?, isPaused: Bool) {
        let uptime = clock.uptime
        let (effects, loop, next) = state.withLock { state in
            let effects = state.table.finish(firing, outcome, at: state.table.moment(atUptime: uptime))
            if firing.isCancellable { state.cancelSignals[firing.number] = nil }
            noteUnsaved(state.table)
            return (effects, state.loop, state.queue.popFirst())
        }
        if effects.pausedByFailures {
            logger.error(
                "trigger paused after failures; triggers.resume(name) in a script lets it fire again",
                metadata: ["trigger.name": "\(firing.spec.name)"])
        }
        if effects.needsLoop { loop?.yield() }
        return (next, effects.pausedByFailures)
    }

    /// - Returns: nil when the firing was cancelled.
    private func outcome(of firing: TriggerFiring) async -> FireOutcome? {
        if Task.isCancelled { return nil }
        do {
            return try await fire(firing.spec.definition, firing.slot, firing.isDurable)
        } catch  where Task.isCancelled {
            logger.debug("trigger cancelled", metadata: ["trigger.name": "\(firing.spec.name)", "error": "\(error)"])
            return nil
        } catch {
            logger.error(
                "trigger failed",
                metadata: ["trigger.name": "\(firing.spec.name)", "error": "\(error)", "traceback": "\(ScriptError.traceback(of: error))"])
            return .failed
        }
    }

    private enum FirstEnd {
        case handler(FireOutcome?)
        case signal
    }

    private func cancellableOutcome(of firing: TriggerFiring) async -> FireOutcome? {
        let signal = state.withLock { $0.cancelSignals[firing.number] }
        let (outcome, isStopped) = await withTaskGroup(of: FirstEnd.self) { group in
            group.addTask { .handler(await self.outcome(of: firing)) }
            group.addTask {
                await signal?.wait()
                return .signal
            }
            var isStopped = false
            for await end in group {
                // The wait ends also when the process goes down; then the firing is to run again.
                if case .signal = end { isStopped = !Task.isCancelled }
                group.cancelAll()
                if case .handler(let outcome) = end { return (outcome, isStopped) }
            }
            return (nil, isStopped)
        }
        if isStopped, outcome == nil { await hooks.didStop(firing.slot) }
        return outcome
    }
}
