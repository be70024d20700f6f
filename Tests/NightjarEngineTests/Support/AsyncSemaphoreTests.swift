import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct AsyncSemaphoreTests {
    @Test func `Permits are given up to the limit`() {
        let semaphore = AsyncSemaphore(limit: 2)
        let first = semaphore.tryAcquire()
        let second = semaphore.tryAcquire()
        #expect(first != nil && second != nil)
        #expect(semaphore.tryAcquire() == nil)
        first?.release()
        #expect(semaphore.free == 1)
        #expect(semaphore.tryAcquire(upTo: 5).count == 1)
        second?.release()
    }

    @Test func `A permit goes back once, by its release or with its last reference`() {
        let semaphore = AsyncSemaphore(limit: 1)
        let permit = semaphore.tryAcquire()
        permit?.release()
        permit?.release()
        #expect(semaphore.held == 0)
        do {
            let lost = semaphore.tryAcquire()
            #expect(lost != nil && semaphore.held == 1)
        }
        #expect(semaphore.held == 0)
    }

    @Test func `Waiters are served first in, first out`() async {
        let clock = VirtualClock()
        await clock.run {
            let semaphore = AsyncSemaphore(limit: 1)
            let order = Recorder<Int>()
            let held = semaphore.tryAcquire()
            await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<5 {
                    group.addTask {
                        let permit = try await semaphore.acquire()
                        order.add(number)
                        permit.release()
                    }
                    await clock.settle()
                }
                #expect(semaphore.waiting == 5)
                #expect(semaphore.tryAcquire() == nil)
                held?.release()
            }
            #expect(order.all == [0, 1, 2, 3, 4])
            #expect(semaphore.free == 1)
        }
    }

    @Test func `A cancelled waiter leaves the line without a permit`() async {
        let clock = VirtualClock()
        await clock.run {
            let semaphore = AsyncSemaphore(limit: 1)
            let held = semaphore.tryAcquire()
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await semaphore.acquire()) == nil }
                await clock.settle()
                group.cancelAll()
                for await isRefused in group { #expect(isRefused) }
            }
            #expect(semaphore.waiting == 0)
            held?.release()
            #expect(semaphore.free == 1)
        }
    }

    @Test func `A higher limit lets waiters in, a lower one takes nothing away`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let semaphore = AsyncSemaphore(limit: 1)
            let held = semaphore.tryAcquire()
            async let second = semaphore.acquire()
            await clock.settle()
            semaphore.limit = 2
            let permit = try await second
            #expect(semaphore.held == 2)
            semaphore.limit = 1
            #expect(semaphore.held == 2 && semaphore.free == 0)
            permit.release()
            #expect(semaphore.tryAcquire() == nil)
            held?.release()
            #expect(semaphore.free == 1)
        }
    }

    @Test(arguments: 0..<8) func `A storm of acquires, cancels and releases leaks nothing`(seed: Int) async {
        var random = SeededGenerator(seed: UInt64(seed))
        let limit = Int.random(in: 1...4, using: &random)
        let semaphore = AsyncSemaphore(limit: limit)
        let mostHeld = Recorder<Int>()
        let plans = (0..<200).map { _ in (Int.random(in: 0...3, using: &random), Bool.random(using: &random)) }
        let tasks = plans.map { yields, _ in
            Task {
                for _ in 0..<yields { await Task.yield() }
                guard let permit = try? await semaphore.acquire() else { return }
                mostHeld.add(semaphore.held)
                for _ in 0..<yields { await Task.yield() }
                permit.release()
            }
        }
        for (task, plan) in zip(tasks, plans) where plan.1 { task.cancel() }
        for task in tasks { await task.value }
        #expect(semaphore.held == 0)
        #expect(semaphore.waiting == 0)
        #expect(mostHeld.all.allSatisfy { $0 <= limit })
        #expect(mostHeld.count >= plans.filter { !$0.1 }.count)
    }
}
