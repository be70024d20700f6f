import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct SignalTests {
    @Test func `Notifications that nobody waits for count as one`() async {
        let clock = VirtualClock()
        await clock.run {
            let signal = Signal()
            let taken = Recorder<Bool>()
            signal.notify()
            signal.notify()
            await withTaskGroup { group in
                group.addTask { while await signal.wait() { taken.add(true) } }
                await clock.settle()
                #expect(taken.count == 1)
                signal.notify()
                await clock.settle()
                #expect(taken.count == 2)
                group.cancelAll()
            }
        }
    }

    @Test func `A cancelled wait leaves the signal as it is`() async {
        let signal = Signal()
        let wait = Task { await signal.wait() }
        wait.cancel()
        #expect(await wait.value == false)
        signal.notify()
        #expect(await signal.wait())
    }

    @Test func `A wait that begins cancelled takes no notification`() async {
        let signal = Signal()
        signal.notify()
        let isCancelled = Recorder<Void>()
        let wait = Task {
            await isCancelled.waitForCount(1)
            return await signal.wait()
        }
        wait.cancel()
        isCancelled.add(())
        #expect(await wait.value == false)
        #expect(await signal.wait())
    }
}
