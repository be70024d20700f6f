internal import DequeModule
public import NightjarEngine
internal import Synchronization

/// A session for tests of triggers: it records what is sent, in order, and does no work.
///
/// Every message that reaches it while it is idle begins a turn, which ends with ``endTurn()``.
/// Those who wait for it to be idle are served one per turn, in the order in which they came.
public final class RecordingConnection: TriggerConnection {
    /// One message and how it came in.
    public struct Sent: Sendable, Equatable {
        public var text: String
        public var delivery: TriggerOptions.Delivery

        public init(_ text: String, _ delivery: TriggerOptions.Delivery) {
            self.text = text
            self.delivery = delivery
        }
    }

    private struct Waiting {
        var id: Int
        var message: Sent
        var sender: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var isIdle: Bool
        var waiting = Deque<Waiting>()
        var lastID = 0
        var interrupts = 0
    }

    private let state: Mutex<State>
    private let log = Recorder<Sent>()

    public init(isIdle: Bool = false) {
        state = Mutex(State(isIdle: isIdle))
    }

    public var isIdle: Bool { state.withLock(\.isIdle) }

    /// Everything sent so far.
    public var sent: [Sent] { log.all }

    /// How many senders wait for the session to be idle.
    public var waitingCount: Int { state.withLock(\.waiting.count) }

    /// Turns that a message with `interrupt` has ended.
    public var interruptedTurns: Int { state.withLock(\.interrupts) }

    /// Waits until `count` messages were sent. The caller must not be cancelled while it waits.
    public func waitForSends(_ count: Int) async {
        await log.waitForCount(count)
    }

    /// Ends the running turn: the first who waits begins the next one in the same step, else the session is idle.
    public func endTurn() {
        let next = state.withLock { state in
            let next = state.waiting.popFirst()
            state.isIdle = next == nil
            if let next { log.add(next.message) }
            return next
        }
        next?.sender.resume()
    }

    public func send(_ text: String, delivery: TriggerOptions.Delivery) async throws {
        let message = Sent(text, delivery)
        switch delivery {
        case .immediate:
            state.withLock { state in
                state.isIdle = false
                log.add(message)
            }
        case .interrupt:
            state.withLock { state in
                if !state.isIdle { state.interrupts += 1 }
                state.isIdle = false
                log.add(message)
            }
        case .whenIdle:
            try await sendWhenIdle(message)
        }
    }

    private func sendWhenIdle(_ message: Sent) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { sender in
                let answer: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.isIdle else {
                        state.waiting.append(Waiting(id: id, message: message, sender: sender))
                        return nil
                    }
                    state.isIdle = false
                    log.add(message)
                    return .success(())
                }
                if let answer { sender.resume(with: answer) }
            }
        } onCancel: {
            let cancelled = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            cancelled?.sender.resume(throwing: CancellationError())
        }
    }
}
