/// The name of a task: 12 random base-32 characters, short enough to type in a chat.
public struct TaskID: RawRepresentable, Hashable, Codable, Sendable, Comparable, CustomStringConvertible {
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static func random() -> TaskID {
        TaskID(rawValue: RandomIdentifier.make(length: 12))
    }

    public var description: String { rawValue }

    public static func < (left: TaskID, right: TaskID) -> Bool {
        left.rawValue < right.rawValue
    }
}
