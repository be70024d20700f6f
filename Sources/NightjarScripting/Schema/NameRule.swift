import NightjarEngine

/// What a declaration may be called.
package enum NameRule: Sendable, Equatable {
    /// Longer names fit no list and no column.
    package static let lengthMax = 64

    /// One word, since people type it behind a command.
    case word
    /// A word that is no built-in command, in any case.
    case command
    /// One of a few names.
    case oneOf([String])

    /// What is wrong with the name, as a sentence of its own; nil when it is fine.
    package func problem(with name: String, kind: String) -> String? {
        switch self {
        case .word: return Self.wordProblem(name, kind: kind)
        case .command:
            if BuiltInVerb.reservedNames.contains(name.lowercased()) {
                return "\(Quoted.text(name)) is a built-in command; choose another name"
            }
            return Self.wordProblem(name, kind: kind)
        case .oneOf(let names):
            guard !names.contains(name) else { return nil }
            let list = Quoted.choice(names, mark: "\"")
            let near = NearestNames.question(NearestNames.find(name, in: names), mark: "\"").map { " (\($0))" } ?? ""
            return "there is no \(kind) \(Quoted.text(name))\(near); use \(list)"
        }
    }

    private static func wordProblem(_ name: String, kind: String) -> String? {
        let subject = "the name of \("aeiou".contains(kind.prefix(1)) ? "an" : "a") \(kind)"
        guard !name.isEmpty else { return "\(subject) must not be empty" }
        guard name.count <= lengthMax else { return "\(subject) can have at most \(lengthMax) characters" }
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control && !"\"'`".unicodeScalars.contains(scalar)
        }
        return isPlain ? nil : "\(subject) must be one word without spaces or quotes, not \(Quoted.text(name))"
    }
}
