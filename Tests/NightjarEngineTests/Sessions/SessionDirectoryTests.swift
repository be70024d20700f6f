import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct SessionDirectoryTests {
    private let key = SessionKey(agent: "a", address: Address(platform: "p", channel: "c", user: "u"))

    @Test func `Two waiters never hold one session at the same time`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let sessions = SessionDirectory()
            let log = Recorder<String>()
            try await sessions.claimWhenIdle(key)
            try await withThrowingTaskGroup { group in
                for name in ["first", "second"] {
                    group.addTask {
                        try await sessions.claimWhenIdle(key)
                        log.add(name)
                    }
                    await clock.settle()
                }
                _ = sessions.claimReturned(at: key)
                await clock.settle()
                #expect(log.all == ["first"])
                #expect(!sessions.isIdle(key))
                _ = sessions.claimReturned(at: key)
                try await group.waitForAll()
                #expect(log.all == ["first", "second"])
            }
            _ = sessions.claimReturned(at: key)
            #expect(sessions.isIdle(key))
        }
    }

    @Test func `A waiter that is cancelled claims nothing`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let sessions = SessionDirectory()
            try await sessions.claimWhenIdle(key)
            await withThrowingTaskGroup { group in
                group.addTask { try await sessions.claimWhenIdle(key) }
                await clock.settle()
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
            }
            _ = sessions.claimReturned(at: key)
            #expect(sessions.isIdle(key))
        }
    }

    @Test func `Claims from many threads are one at a time, and every waiter is served`() async throws {
        let sessions = SessionDirectory()
        let holders = AsyncSemaphore(limit: 1)
        let served = Recorder<Int>()
        try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    do { try await sessions.claimWhenIdle(key) } catch { return }
                    let permit = try #require(holders.tryAcquire())
                    await Task.yield()
                    permit.release()
                    served.add(number)
                    _ = sessions.claimReturned(at: key)
                }
            }
            try await group.waitForAll()
        }
        #expect(served.count == 200)
        #expect(sessions.isIdle(key))
    }

    @Test func `A storm of cancelled waiters leaves the session idle`() async {
        let sessions = SessionDirectory()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    do { try await sessions.claimWhenIdle(key) } catch { return }
                    await Task.yield()
                    _ = sessions.claimReturned(at: key)
                }
            }
            await Task.yield()
            group.cancelAll()
        }
        #expect(sessions.isIdle(key))
    }
}
