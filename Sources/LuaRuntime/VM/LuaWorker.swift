import CLuaBridge
import Synchronization

/// The Lua thread: owns the interpreter and works through the mailbox.
struct LuaWorker {
    let core: LuaCore
    let state: LuaState

    /// The body of the thread.
    static func run(_ core: LuaCore) {
        let state: LuaState
        do throws(LuaError) {
            let configuration = core.configuration
            state = try LuaState(
                limits: configuration.limits, libraries: configuration.libraries,
                searcher: configuration.searcher, searchedFiles: configuration.searchedFiles, print: configuration.print)
        } catch {
            core.didStart(.failure(error))
            return
        }
        nj_bind_thread(state.vm)
        core.didStart(.success(LuaKillSwitch(state)))
        LuaWorker(core: core, state: state).work()
        core.hasExited.store(true, ordering: .releasing)
        core.watchdogGate.open()
        while !core.isReleased.load(ordering: .acquiring) {
            if core.isGivenUp.load(ordering: .acquiring) {
                // Something in it went wrong, and it is too late to find out what: it is never freed.
                _ = Unmanaged.passRetained(state)
                return
            }
            core.luaGate.wait()
        }
    }

    private func work() {
        publish()
        while core.phase == .open {
            core.luaGate.wait()
            core.isBusy.store(true, ordering: .sequentiallyConsistent)
            if core.isWatchdogAsleep.load(ordering: .sequentiallyConsistent) { core.watchdogGate.open() }
            while let job = core.nextJob() { execute(job) }
            core.isBusy.store(false, ordering: .sequentiallyConsistent)
            publish()
        }
    }

    private func publish() {
        core.memoryUsed.store(state.memoryUsed, ordering: .relaxed)
        core.parkedCount.store(state.parkedCount, ordering: .relaxed)
    }

    private func execute(_ job: LuaJob) {
        let configuration = core.configuration
        let limit = job.isLoading ? configuration.loadLimit : configuration.cpuLimit
        core.limit.store(limit.nanoseconds, ordering: .relaxed)
        let invocation = job.invocation
        state.context = invocation.context
        defer { state.context = nil }
        if case .resume(_, let coroutine, let reply, let isCancelled) = job {
            guard invocation.abandonedWith == nil else { return state.abandon(coroutine) }
            settle(state.resume(coroutine, with: reply, waiting: isCancelled ? .cancelled : .allowed), invocation)
        } else if invocation.start() {
            begin(job, invocation)
        }
    }

    private func begin(_ job: LuaJob, _ invocation: LuaInvocation) {
        do throws(LuaError) {
            switch job {
            case .start(_, let function, let arguments):
                settle(state.start(function, arguments, results: invocation.results), invocation)
            case .call(_, let function, let arguments):
                let values = try state.call(function, arguments, results: invocation.results)
                settle(.finished(values), invocation)
            case .evaluate(_, let source):
                settle(.finished(try state.evaluate(source.text, name: source.name)), invocation)
            case .load(_, let source):
                settle(.finished([.function(try state.load(source.text, name: source.name))]), invocation)
            case .collectGarbage:
                state.collectGarbage()
                publish()
                settle(.finished([]), invocation)
            case .resume: break
            }
        } catch {
            settle(.failed(error), invocation)
        }
    }

    private func settle(_ outcome: LuaOutcome, _ invocation: LuaInvocation) {
        switch outcome {
        case .finished(let values): invocation.deliver(.finished(values))
        case .failed(let error): invocation.deliver(.failed(error))
        case .pending(let pending):
            let isAwaited = invocation.deliver(.pending(pending, state.hostFunction(of: pending)))
            if !isAwaited { state.abandon(pending.coroutine) }
        }
    }
}
