/// Sorts the words of a command into flags and arguments.
///
/// `--key=value` and `--key` are flags until a bare `--`; the last of two equal keys wins. A key begins with a letter, so
/// `---` and `--5` are arguments. Phones turn `--` into `—`, which is read the same.
struct CommandArguments: Sendable, Equatable {
    private(set) var positional: [String] = []
    private(set) var flags: [String: String] = [:]
    private var flagsEnded = false

    /// - Returns: the word when it is an argument, nil when it was a flag or the `--` that ends them.
    @discardableResult
    mutating func take(_ word: CommandWord) -> String? {
        if !flagsEnded, !word.isQuoted {
            if word.text == "--" {
                flagsEnded = true
                return nil
            }
            if let (key, value) = Self.flag(word.text) {
                flags[key] = value
                return nil
            }
        }
        positional.append(word.text)
        return word.text
    }

    private static func flag(_ text: String) -> (key: String, value: String)? {
        guard let marker = ["--", "—"].first(where: text.hasPrefix) else { return nil }
        let body = text.dropFirst(marker.count)
        guard body.first?.isLetter == true else { return nil }
        guard let equals = body.firstIndex(of: "=") else { return (String(body), "true") }
        return (String(body[..<equals]), String(body[body.index(after: equals)...]))
    }
}
