import Foundation

/// What is typed at the terminal.
enum TypedLines {
    /// The lines as they come, until the end of the input.
    static func read() -> AsyncStream<String> {
        let (lines, feed) = AsyncStream<String>.makeStream()
        // Reading blocks, so it has a thread of its own, which ends with the input or with the process.
        let thread = Thread {
            while let line = readLine(strippingNewline: true) { feed.yield(line) }
            feed.finish()
        }
        thread.start()
        return lines
    }
}
