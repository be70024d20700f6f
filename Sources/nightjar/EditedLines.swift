import CEditLine
import Foundation

/// Lines typed at a terminal, with editing and a history that is kept in the project.
struct EditedLines: LineReader {
    private let history: String
    private static let prompt = "> "
    private static let historyMax: Int32 = 1000

    init(history: String) {
        self.history = history
        using_history()
        stifle_history(Self.historyMax)
        read_history(history)
    }

    func next() async -> String? {
        let history = history
        return await BlockingThread.run {
            guard let line = readline(Self.prompt) else { return nil }
            defer { free(line) }
            let text = String(cString: line)
            if text.contains(where: { !$0.isWhitespace }) {
                add_history(line)
                write_history(history)
            }
            return text
        }
    }
}
