import Synchronization

/// Ends what takes too long, on a thread of its own.
///
/// It looks at the CPU clock of the Lua thread, since under load a thread gets little of the time
/// that passes, and only while something runs. What is stuck in native code cannot be killed; then
/// the VM is given up.
struct LuaWatchdog {
    let core: LuaCore
    let killSwitch: LuaKillSwitch
    let thread: LuaThread

    /// What was seen of the operation that runs.
    private struct Sighting {
        var operation: UInt64 = 0
        var cpuAtStart: UInt64 = 0
        var cpuAtKill: UInt64?
        var killedAt: ContinuousClock.Instant?
    }

    /// Samples without an operation after which it sleeps until it is woken: falling asleep at once would
    /// make every batch of jobs pay for waking it.
    private static let idleSamplesMax = 20
    /// A killed script that gets no CPU time either waits in a host function that blocks.
    private static let blockedMax = Duration.seconds(10)

    /// The body of the thread: returns when the Lua thread has ended or was given up.
    func run() {
        var sighting = Sighting()
        var idleSamples = 0
        while !core.hasExited.load(ordering: .acquiring) {
            if idleSamples < Self.idleSamplesMax { core.watchdogGate.wait(nanoseconds: period) } else { sleep() }
            idleSamples = core.isBusy.load(ordering: .acquiring) ? 0 : idleSamples + 1
            if mustGiveUp(&sighting) { return giveUp() }
        }
        core.isReleased.store(true, ordering: .releasing)
        core.luaGate.open()
        thread.join()
        core.end()
    }

    /// Often enough that limits hold to about a tenth, seldom enough to cost nothing.
    private var period: UInt64 { min(max(core.limit.load(ordering: .relaxed) / 10, 1_000_000), 50_000_000) }

    private func sleep() {
        core.isWatchdogAsleep.store(true, ordering: .sequentiallyConsistent)
        // The Lua thread sets one flag and reads the other in the opposite order: one of the two sees the change.
        if !core.isBusy.load(ordering: .sequentiallyConsistent) { core.watchdogGate.wait() }
        core.isWatchdogAsleep.store(false, ordering: .sequentiallyConsistent)
    }

    private func mustGiveUp(_ sighting: inout Sighting) -> Bool {
        let operation = killSwitch.running
        guard operation != 0 else {
            sighting = Sighting()
            return false
        }
        let cpu = thread.cpuNanoseconds
        if operation != sighting.operation { sighting = Sighting(operation: operation, cpuAtStart: cpu) }
        if let cpuAtKill = sighting.cpuAtKill, let killedAt = sighting.killedAt {
            return cpu - cpuAtKill >= core.configuration.grace.nanoseconds
                || killedAt.duration(to: .now) >= Self.blockedMax
        }
        if cpu - sighting.cpuAtStart >= core.limit.load(ordering: .relaxed) || core.phase == .closed {
            sighting.cpuAtKill = cpu
            sighting.killedAt = .now
            killSwitch.kill(operation)
        }
        return false
    }

    private func giveUp() {
        // First, so that the thread frees nothing should it come back now.
        core.isGivenUp.store(true, ordering: .sequentiallyConsistent)
        thread.demote()
        core.quarantine()
        core.luaGate.open()
        thread.detach()
        core.end()
    }
}
