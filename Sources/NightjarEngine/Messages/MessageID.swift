/// The name of one accepted message: 12 random base-32 characters.
public struct MessageID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static func random() -> MessageID {
        MessageID(rawValue: RandomIdentifier.make(length: 12))
    }

    public var description: String { rawValue }
}
