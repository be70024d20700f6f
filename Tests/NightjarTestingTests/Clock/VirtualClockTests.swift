import NightjarEngine
import NightjarTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct VirtualClockTests {
    private let clock = VirtualClock()
    private let log = Recorder<String>()

    @Test func `time stands still until it is moved`() async {
        #expect(clock.now.offset == .zero)
        await clock.advance(by: .seconds(90))
        #expect(clock.now.offset == .seconds(90))
    }

    @Test func `sleepers wake in the order of their deadlines, equal ones in the order they fell asleep`() async {
        await clock.run {
            await withDiscardingTaskGroup { group in
                for (name, seconds) in [("late", 3), ("first", 1), ("second", 1), ("middle", 2)] {
                    group.addTask {
                        try? await clock.sleep(for: .seconds(seconds))
                        log.add("\(name) at \(clock.now.offset.seconds)")
                    }
                }
                await clock.advance(by: .seconds(2))
                #expect(log.all == ["first at 1.0", "second at 1.0", "middle at 2.0"])
                await clock.advance(by: .seconds(1))
            }
            #expect(log.all.last == "late at 3.0")
        }
    }

    @Test func `one step covers the sleeps that woken tasks begin`() async {
        await clock.run {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    while (try? await clock.sleep(for: .seconds(1))) != nil { log.add("\(clock.now.offset.seconds)") }
                }
                await clock.advance(by: .milliseconds(3500))
                group.cancelAll()
            }
            #expect(log.all == ["1.0", "2.0", "3.0"])
            #expect(clock.now.offset == .milliseconds(3500))
        }
    }

    @Test func `after a step, chains of actors, groups and streams have come to rest`() async {
        await clock.run {
            let counter = Counter()
            let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await number in stream { for _ in 0..<number { await counter.increment() } }
                }
                group.addTask {
                    try? await clock.sleep(for: .seconds(1))
                    for number in 1...50 {
                        await Task.yield()
                        continuation.yield(number)
                    }
                    continuation.finish()
                }
                await clock.advance(by: .seconds(1))
                #expect(await counter.value == 1275)
            }
        }
    }

    @Test func `an unstructured task joins in through the executor`() async {
        await clock.run {
            let task = Task(executorPreference: clock.executor) {
                try await clock.sleep(for: .seconds(5))
                log.add("done")
            }
            await clock.advance(by: .seconds(5))
            #expect(log.all == ["done"])
            #expect(await task.result.isSuccess)
        }
    }

    @Test func `a cancelled sleep throws at once and leaves no sleeper`() async {
        await clock.run {
            let task = Task(executorPreference: clock.executor) { try await clock.sleep(for: .seconds(5)) }
            await clock.waitForSleepers(1)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(clock.sleeperCount == 0)
            #expect(clock.nextWake == nil)
        }
    }

    @Test func `a task that was cancelled before it sleeps does not sleep`() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(5))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleeperCount == 0)
    }

    @Test func `a deadline in the past returns at once`() async throws {
        await clock.advance(by: .seconds(5))
        try await clock.sleep(until: VirtualClock.Instant(offset: .seconds(5)))
        try await clock.sleep(for: .seconds(-1))
        #expect(clock.now.offset == .seconds(5))
    }

    @Test func `outside run, waiting for sleepers makes a step exact`() async throws {
        async let nap: Void = clock.sleep(for: .seconds(1))
        async let other: Void = clock.sleep(for: .seconds(2))
        await clock.waitForSleepers(2)
        #expect(clock.nextWake == VirtualClock.Instant(offset: .seconds(1)))
        await clock.advance(by: .seconds(2))
        _ = try await (nap, other)
    }

    @Test func `racing cancels and wake-ups resume every sleeper once`() async {
        let naps = Recorder<Bool>()
        await withDiscardingTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    let nap = Task { try await clock.sleep(for: .milliseconds(index % 7 + 1)) }
                    if index.isMultiple(of: 3) { nap.cancel() }
                    await clock.advance(by: .milliseconds(1))
                    if index.isMultiple(of: 2) { nap.cancel() }
                    naps.add(await nap.result.isSuccess)
                }
            }
            while naps.count < 200 { await clock.advance(by: .milliseconds(1)) }
        }
        #expect(naps.count == 200)
        #expect(clock.sleeperCount == 0)
    }

    @Test func `an engine's clock on it shows the wall clock and sleeps on it`() async throws {
        let start = Timestamp(milliseconds: 1_000_000)
        let engine = EngineClock.virtual(clock, startingAt: start)
        try await clock.run {
            async let nap: Void = engine.sleep(until: start + .seconds(200))
            await clock.advance(by: .seconds(200))
            try await nap
            #expect(engine.now == start + .seconds(200))
            #expect(engine.uptime == .seconds(200))
        }
    }
}

private actor Counter {
    var value = 0

    func increment() { value += 1 }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
