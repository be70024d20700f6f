/// The jobs of a VM and the calls that have not ended. Guarded by the lock of ``LuaCore``.
struct LuaMailbox {
    enum Phase {
        case open
        case closed
        case quarantined
    }

    var phase = Phase.open
    var calls: [ObjectIdentifier: LuaInvocation] = [:]
    /// Waits for the threads to end.
    var closers: [CheckedContinuation<Void, Never>] = []
    var hasEnded = false
    /// Of the job that was given out last.
    private var running: LuaInvocation?
    private var jobs: [LuaJob] = []
    private var head = 0

    /// Nil: accepted.
    mutating func post(_ job: LuaJob) -> LuaError? {
        switch phase {
        case .open:
            jobs.append(job)
            return nil
        case .closed: return .closed
        case .quarantined:
            if case .resume(let invocation, _, _, _) = job { return blame(invocation) }
            return .moved
        }
    }

    mutating func next() -> LuaJob? {
        guard phase == .open else { return nil }
        running = nil
        guard head < jobs.count else { return nil }
        defer {
            head += 1
            if head == jobs.count {
                jobs.removeAll(keepingCapacity: jobs.count < 1024)
                head = 0
            }
        }
        running = jobs[head].invocation
        return jobs[head]
    }

    /// How a call fails that had started on a VM that is stuck.
    func blame(_ invocation: LuaInvocation) -> LuaError { running?.isPart(of: invocation) == true ? .quarantined : .interrupted }

    /// Ends the phase of work. The calls that were there, or nil if it had ended before.
    mutating func end(as phase: Phase) -> [LuaInvocation]? {
        guard self.phase == .open else { return nil }
        self.phase = phase
        jobs = []
        head = 0
        defer { calls = [:] }
        return Array(calls.values)
    }
}
