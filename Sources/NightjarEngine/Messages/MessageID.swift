/// The name of one accepted message: 15 base-32 characters, in the order in which messages come.
public struct MessageID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static func next() -> MessageID {
        MessageID(rawValue: OrderedIdentifier.make())
    }

    public var description: String { rawValue }
}
