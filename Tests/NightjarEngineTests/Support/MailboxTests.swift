import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct MailboxTests {
    @Test func `Everything comes in order, however it is taken`() async {
        let mailbox = Mailbox<Int>()
        let count = 10_000
        async let sender: Void = {
            for number in 0..<count {
                mailbox.put(number)
                if number % 100 == 0 { await Task.yield() }
            }
        }()
        var taken: [Int] = []
        while taken.count < count, let more = await mailbox.takeAll() { taken += more }
        await sender
        #expect(taken == Array(0..<count))
    }

    @Test func `What waits is taken together`() async {
        let mailbox = Mailbox<Int>()
        for number in 0..<3 { mailbox.put(number) }
        #expect(await mailbox.takeAll() == [0, 1, 2])
    }

    @Test func `A cancelled reader takes nothing more`() async {
        let mailbox = Mailbox<Int>()
        let reader = Task { await mailbox.takeAll() }
        reader.cancel()
        #expect(await reader.value == nil)
        mailbox.put(1)
        #expect(await mailbox.takeAll() == [1])
    }
}
