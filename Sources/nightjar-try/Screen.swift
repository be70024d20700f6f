import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The terminal, or whatever the output goes to.
struct Screen: Sendable {
    enum Voice: String {
        case person = "36"
        case engine = "32"
        case narrator = "2"
    }

    private let hasColors = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    private static let nameWidth = 9

    /// Whether there is a person who can type.
    static var hasKeyboard: Bool { isatty(STDIN_FILENO) == 1 }

    func narrate(_ text: String) { write(painted(text, .narrator)) }

    /// - Parameter mark: between the name and the text.
    func say(_ text: String, as name: String, _ voice: Voice, mark: String = "▸") {
        let margin = String(repeating: " ", count: Self.nameWidth + 3)
        let name = String(repeating: " ", count: max(0, Self.nameWidth - name.count)) + name
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        write(painted("\(name) \(mark) ", voice) + lines.joined(separator: "\n" + margin))
    }

    private func painted(_ text: String, _ voice: Voice) -> String {
        hasColors ? "\u{1B}[\(voice.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func write(_ line: String) {
        // One call, so that lines of several tasks do not mix, and at once, so that a pipe shows it as it happens.
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
