/// What a built-in command acts on.
public enum CommandTarget: String, Sendable, CaseIterable {
    case agent
    case task
    case trigger

    private var abbreviation: String {
        switch self {
        case .agent: "ag"
        case .task: "t"
        case .trigger: "tr"
        }
    }

    /// The target with this name, abbreviation or plural; case is ignored.
    public init?(named word: String) {
        let word = word.lowercased()
        let match = Self.allCases.first { target in
            [target.rawValue, target.abbreviation].contains { $0 == word || $0 + "s" == word }
        }
        guard let match else { return nil }
        self = match
    }
}
