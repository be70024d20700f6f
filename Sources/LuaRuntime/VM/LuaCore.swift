import Synchronization

/// What the threads of a VM and its callers share: a locked mailbox.
///
/// Not an actor: when the Lua thread is stuck, the watchdog must still be able to end the calls.
final class LuaCore: Sendable {
    let configuration: LuaVM.Configuration
    let luaGate: LuaGate
    let watchdogGate: LuaGate
    private let mailbox = Locked(LuaMailbox())

    /// The CPU limit of the operation that runs, in nanoseconds.
    let limit = Atomic<UInt64>(0)
    /// The Lua thread has jobs.
    let isBusy = Atomic<Bool>(false)
    /// The watchdog waits to be woken.
    let isWatchdogAsleep = Atomic<Bool>(false)
    let memoryUsed = Atomic<Int>(0)
    let parkedCount = Atomic<Int>(0)
    /// The Lua thread has done its last job.
    let hasExited = Atomic<Bool>(false)
    /// The watchdog no longer looks at the interpreter.
    let isReleased = Atomic<Bool>(false)
    /// The watchdog no longer expects the Lua thread to come back.
    let isGivenUp = Atomic<Bool>(false)
    private let start = Locked<Result<LuaKillSwitch, LuaError>?>(nil)

    init(configuration: LuaVM.Configuration) throws(LuaError) {
        guard let luaGate = LuaGate(), let watchdogGate = LuaGate() else { throw .outOfMemory }
        self.configuration = configuration
        self.luaGate = luaGate
        self.watchdogGate = watchdogGate
    }

    // MARK: Callers

    func call(
        _ function: LuaFunction, _ arguments: [LuaValue], context: (any Sendable)?, results: LuaResults, for parent: LuaInvocation? = nil
    ) async throws(LuaError) -> [LuaValue] {
        try await perform(context: context, results: results, for: parent) { .start($0, function, arguments) }
    }

    /// Drives one call to its end: the calling task runs what the script waits for.
    func perform(
        context: (any Sendable)?, results: LuaResults, for parent: LuaInvocation? = nil, first: (LuaInvocation) -> LuaJob
    ) async throws(LuaError) -> [LuaValue] {
        let invocation = LuaInvocation(context: context, results: results, parent: parent)
        mailbox.withLock { if $0.phase == .open { $0.calls[ObjectIdentifier(invocation)] = invocation } }
        defer { mailbox.withLock { _ = $0.calls.removeValue(forKey: ObjectIdentifier(invocation)) } }
        var job = first(invocation)
        var mayWait = true
        while true {
            let next = job
            switch await invocation.submit({ self.post(next) }) {
            case .finished(let values): return values
            case .failed(let error): throw error
            case .pending(let pending, let function):
                let reply = await answer(pending, function, invocation)
                if let error = invocation.abandonedWith { throw error }
                if case .failure(let error as LuaHostError) = reply, error.endsWaiting { mayWait = false }
                job = .resume(invocation, pending.coroutine, reply, isCancelled: !mayWait || Task.isCancelled)
            }
        }
    }

    /// Runs an awaiting host function, until it ends or the VM is given up.
    private func answer(
        _ pending: LuaPending, _ function: LuaHostFunction, _ invocation: LuaInvocation
    ) async -> Result<[LuaValue], any Error> {
        guard case .awaiting(let body) = function.body, !Task.isCancelled else { return .failure(LuaError.cancelled) }
        var call = pending.call
        call.core = self
        call.invocation = invocation
        let request = call
        return await withTaskGroup(of: Result<[LuaValue], any Error>?.self) { group in
            group.addTask {
                do { return .success(try await body(request)) } catch { return .failure(error) }
            }
            group.addTask {
                await invocation.abandonment()
                return nil
            }
            var answer: Result<[LuaValue], any Error>?
            while let ended = await group.next() {
                // Nil also when this task is cancelled: then the function ends by itself.
                if ended != nil { answer = ended }
                if ended != nil || invocation.abandonedWith != nil { group.cancelAll() }
            }
            if case .failure? = answer, Task.isCancelled { return .failure(LuaError.cancelled) }
            return answer ?? .failure(LuaError.cancelled)
        }
    }

    private func post(_ job: LuaJob) -> LuaError? {
        let error = mailbox.withLock { $0.post(job) }
        if error == nil { luaGate.open() }
        return error
    }

    var statistics: LuaStatistics {
        let (calls, phase) = mailbox.withLock { ($0.calls.count, $0.phase) }
        return LuaStatistics(
            memoryUsed: memoryUsed.load(ordering: .relaxed), parkedCount: parkedCount.load(ordering: .relaxed),
            callCount: calls, isQuarantined: phase == .quarantined)
    }

    // MARK: The threads

    /// The Lua thread tells that it has an interpreter, or why not.
    func didStart(_ result: Result<LuaKillSwitch, LuaError>) {
        start.withLock { $0 = result }
        watchdogGate.open()
    }

    func waitForStart() -> Result<LuaKillSwitch, LuaError> {
        while true {
            watchdogGate.wait()
            if let result = start.withLock({ $0 }) { return result }
        }
    }

    func nextJob() -> LuaJob? { mailbox.withLock { $0.next() } }

    var phase: LuaMailbox.Phase { mailbox.withLock { $0.phase } }

    // MARK: The end

    /// Fails all calls and lets the threads end. Nothing happens when it has been done before.
    func close() {
        guard let calls = mailbox.withLock({ $0.end(as: .closed) }) else { return }
        for call in calls { call.abandon(started: .closed, queued: .closed) }
        luaGate.open()
        watchdogGate.open()
    }

    /// Fails all calls of a VM that is stuck. Nothing happens when it was closed before.
    func quarantine() {
        let calls = mailbox.withLock { mailbox in mailbox.end(as: .quarantined)?.map { ($0, mailbox.blame($0)) } }
        guard let calls else { return }
        let failed = calls.count { call, error in call.abandon(started: error, queued: .moved) }
        configuration.onQuarantine?(LuaQuarantine(failedCalls: failed, movedCalls: calls.count - failed))
    }

    /// The threads have ended, or were given up.
    func end() {
        let closers = mailbox.withLock { mailbox in
            mailbox.hasEnded = true
            defer { mailbox.closers = [] }
            return mailbox.closers
        }
        for closer in closers { closer.resume() }
    }

    /// Waits for ``end()``.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = mailbox.withLock { mailbox in
                if !mailbox.hasEnded { mailbox.closers.append(continuation) }
                return mailbox.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }
}
