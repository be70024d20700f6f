/// A question to a person, with the choices there are.
public struct Question: Codable, Sendable, Equatable, Identifiable {
    /// 12 random base32 characters.
    public var id: String
    /// In Markdown.
    public var text: String
    public var choices: [String]

    public init(text: String, choices: [String]) {
        self.init(id: RandomIdentifier.make(length: 12), text: text, choices: choices)
    }

    public init(id: String, text: String, choices: [String]) {
        self.id = id
        self.text = text
        self.choices = choices
    }
}
