import Testing

@testable import NightjarEngine

@Suite struct SessionInboxTests {
    private func message(_ text: String) -> InboundMessage {
        InboundMessage(
            id: MessageID(rawValue: text), address: Address(platform: "p", channel: "c", user: "u"), text: text,
            receivedAt: Timestamp(milliseconds: 0))
    }

    private let task = TaskID(rawValue: "t1")

    @Test func `The first message has the floor, the others queue in order`() {
        var inbox = SessionInbox()
        #expect(inbox.arrive(message("a"), queueMax: 9) == .start)
        inbox.turnBegan(task)
        #expect(inbox.arrive(message("b"), queueMax: 9) == .queued(position: 1))
        #expect(inbox.arrive(message("c"), queueMax: 9) == .queued(position: 2))
        #expect(inbox.turnEnded(task) == .start(message("b")))
        inbox.turnBegan(TaskID(rawValue: "t2"))
        #expect(inbox.turnEnded(TaskID(rawValue: "t2")) == .start(message("c")))
    }

    @Test func `The floor is taken from the claim on, before the turn has begun`() {
        var inbox = SessionInbox()
        #expect(inbox.arrive(message("a"), queueMax: 9) == .start)
        #expect(!inbox.isIdle)
        #expect(inbox.arrive(message("b"), queueMax: 9) == .queued(position: 1))
    }

    @Test func `A full queue takes no more`() {
        var inbox = SessionInbox()
        _ = inbox.arrive(message("a"), queueMax: 1)
        #expect(inbox.arrive(message("b"), queueMax: 1) == .queued(position: 1))
        #expect(inbox.arrive(message("c"), queueMax: 1) == .full)
    }

    @Test func `An end that is told twice ends nothing else`() {
        var inbox = SessionInbox()
        _ = inbox.arrive(message("a"), queueMax: 9)
        inbox.turnBegan(task)
        _ = inbox.arrive(message("b"), queueMax: 9)
        #expect(inbox.turnEnded(task) == .start(message("b")))
        #expect(inbox.turnEnded(task) == .nothing)
        inbox.turnBegan(TaskID(rawValue: "t2"))
        #expect(inbox.turnEnded(task) == .nothing)
        #expect(inbox.claimReturned() == .nothing)
        #expect(!inbox.isIdle)
    }

    @Test func `Idle waiters are let in one at a time, in order`() {
        var inbox = SessionInbox()
        _ = inbox.arrive(message("a"), queueMax: 9)
        inbox.turnBegan(task)
        inbox.wait(1)
        inbox.wait(2)
        #expect(inbox.turnEnded(task) == .admit(1))
        #expect(!inbox.isIdle)
        #expect(inbox.claimReturned() == .admit(2))
    }

    @Test func `Messages go before idle waiters`() {
        var inbox = SessionInbox()
        _ = inbox.arrive(message("a"), queueMax: 9)
        inbox.turnBegan(task)
        inbox.wait(1)
        _ = inbox.arrive(message("b"), queueMax: 9)
        #expect(inbox.turnEnded(task) == .start(message("b")))
    }

    @Test func `Independent tasks keep a session busy, and hold up no message`() {
        var inbox = SessionInbox()
        inbox.independentTaskBegan()
        inbox.independentTaskBegan()
        #expect(!inbox.isIdle)
        #expect(inbox.claimIfIdle() == false)
        inbox.wait(1)
        #expect(inbox.arrive(message("a"), queueMax: 9) == .start)
        inbox.turnBegan(task)
        #expect(inbox.turnEnded(task) == .nothing)
        #expect(inbox.independentTaskEnded() == .nothing)
        #expect(inbox.independentTaskEnded() == .admit(1))
    }

    @Test func `An interrupt goes first and names the turn to cancel`() {
        var inbox = SessionInbox()
        _ = inbox.arrive(message("a"), queueMax: 9)
        inbox.turnBegan(task)
        _ = inbox.arrive(message("b"), queueMax: 9)
        let (arrival, turn) = inbox.interrupt(message("now"))
        #expect(arrival == .queued(position: 1))
        #expect(turn == task)
        #expect(inbox.turnEnded(task) == .start(message("now")))
    }

    @Test func `An interrupt of a turn that is only claimed is remembered until that has ended`() {
        var inbox = SessionInbox()
        _ = inbox.arrive(message("a"), queueMax: 9)
        let (arrival, turn) = inbox.interrupt(message("now"))
        #expect(arrival == .queued(position: 1))
        #expect(turn == nil)
        inbox.turnBegan(task)
        #expect(inbox.isInterrupted)
        #expect(inbox.turnEnded(task) == .start(message("now")))
        #expect(!inbox.isInterrupted)
    }

    @Test func `A claim that is given back takes its interrupt along`() {
        var inbox = SessionInbox()
        _ = inbox.claimIfIdle()
        _ = inbox.interrupt(message("now"))
        #expect(inbox.claimReturned() == .start(message("now")))
        #expect(!inbox.isInterrupted)
    }

    @Test func `An interrupt of an idle session just starts`() {
        var inbox = SessionInbox()
        let (arrival, turn) = inbox.interrupt(message("now"))
        #expect(arrival == .start)
        #expect(turn == nil)
    }

    @Test func `A waiter that leaves is not let in`() {
        var inbox = SessionInbox()
        _ = inbox.claimIfIdle()
        inbox.wait(1)
        #expect(inbox.stopWaiting(1) == true)
        #expect(inbox.stopWaiting(1) == false)
        #expect(inbox.claimReturned() == .nothing)
        #expect(inbox.isVacant)
    }
}
