/// Lines of a standard input that is no terminal.
struct PipedLines: LineReader {
    func next() async -> String? {
        // Reading blocks, and nothing else is to be done before the line is there: it is read on a thread of its own.
        await BlockingThread.run { readLine(strippingNewline: true) }
    }
}
