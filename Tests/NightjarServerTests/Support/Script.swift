import NightjarEngine

/// A model that waits for its lines: the test says when it speaks and when it ends.
final class Script: Sendable {
    private let lines: AsyncStream<String>
    private let pen: AsyncStream<String>.Continuation

    init() {
        (lines, pen) = AsyncStream.makeStream()
    }

    func say(_ line: String) { pen.yield(line) }
    func end() { pen.finish() }

    /// For one request.
    var model: ClosureModel {
        ClosureModel { [lines] _, say in
            var text = ""
            for await line in lines {
                try await say(line)
                text += line
            }
            try Task.checkCancellation()
            return text
        }
    }
}
