import NightjarEngine
import NightjarPlatforms

/// A conversation: one message after the other, each answered in full before the next is read.
struct ChatSession {
    let engine: Engine
    let address: Address
    let screen: TerminalScreen

    func run(_ lines: any LineReader) async {
        while let line = await lines.next() {
            let text = line.trimmingSuffix { $0 == "\r" }
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            await say(String(text))
        }
    }

    private func say(_ text: String) async {
        let message = InboundMessage(address: address, text: text, receivedAt: engine.clock.now)
        do {
            for await event in try await engine.acceptAndWatch(message).watch {
                if case .delta(let task, let attempt, let text) = event { screen.stream(text, of: task, attempt: attempt) }
            }
        } catch {
            StandardError.write("nightjar: the message was not taken: \(error)\n")
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
