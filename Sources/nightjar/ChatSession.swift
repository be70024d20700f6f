import NightjarEngine
import NightjarPlatforms

/// A conversation: one message after the other, each answered in full, or up to a question of a script, before the next is read.
struct ChatSession {
    let engine: Engine
    let address: Address
    let screen: TerminalScreen
    /// Messages whose handlers wait for the person.
    private var asking: [(question: String, events: Watch<MessageEvent>)] = []

    init(engine: Engine, address: Address, screen: TerminalScreen) {
        self.engine = engine
        self.address = address
        self.screen = screen
    }

    mutating func run(_ lines: any LineReader) async {
        while let line = await lines.next() {
            let text = line.trimmingSuffix { $0 == "\r" }
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            await say(String(text))
        }
        // A question's time may have run out since.
        await followAnswered()
    }

    private mutating func say(_ text: String) async {
        let message = InboundMessage(address: address, text: text, receivedAt: engine.clock.now)
        do {
            await follow(try await engine.acceptAndWatch(message).watch)
            await followAnswered()
        } catch {
            StandardError.write("nightjar: the message was not taken: \(error)\n")
        }
    }

    /// The handlers that have got their answers go on.
    private mutating func followAnswered() async {
        while let answered = asking.firstIndex(where: { !engine.isAsking($0.question) }) {
            await follow(asking.remove(at: answered).events)
        }
    }

    /// Returns when the message has ended, or its handler has asked something: then it is the person's turn.
    mutating func follow(_ events: Watch<MessageEvent>) async {
        var streamed: Set<TaskID> = []
        for await event in events {
            switch event {
            case .delta(let task, let attempt, let text):
                streamed.insert(task)
                screen.stream(text, of: task, attempt: attempt)
            case .asked(let question):
                // Unless it was answered in the same moment, what is typed next is about it.
                if engine.isAsking(question) { return asking.append((question, events)) }
            case .reply:
                continue
            case .end:
                return screen.forget(streamed)
            }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
