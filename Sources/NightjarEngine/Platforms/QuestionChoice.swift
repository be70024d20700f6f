/// A press of one of a question's buttons.
public struct QuestionChoice: Sendable, Equatable {
    public var question: String
    /// Which of the choices, counted from 0.
    public var index: Int
    /// Who pressed it, and where.
    public var address: Address

    public init(question: String, index: Int, address: Address) {
        self.question = question
        self.index = index
        self.address = address
    }

    private static let prefix = "nj"

    /// What a button carries: at most 32 characters, so that it fits everywhere (Telegram takes 64 bytes).
    public static func payload(question: String, index: Int) -> String { "\(prefix):\(question):\(index)" }

    /// - Returns: nil when the payload is no question's: the button is somebody else's.
    public init?(payload: String, address: Address) {
        let parts = payload.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.prefix, !parts[1].isEmpty, let index = Int(parts[2]), index >= 0 else { return nil }
        self.init(question: String(parts[1]), index: index, address: address)
    }
}
