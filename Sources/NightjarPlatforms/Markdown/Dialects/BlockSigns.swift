/// Signs at the beginning of a line that make it a quote or an item of a list.
enum BlockSigns {
    static func begin(_ text: String) -> Bool {
        var rest = text.unicodeScalars[...]
        switch rest.first {
        case ">": return true
        case "-", "*", "+", "•":
            rest.removeFirst()
            return rest.first.map { InvisibleText.isSpace($0) || $0 == "#" } ?? true
        default:
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest[digits.endIndex...]
            return !digits.isEmpty && (rest.first == "." || rest.first == ")") && rest.dropFirst().first.map(InvisibleText.isSpace) ?? true
        }
    }
}
