/// Why a text or number is not a duration.
public struct DurationTextError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong and what to write instead; it repeats the text.
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
