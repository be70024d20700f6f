/// What is wrong with a JSON body, and where.
public struct JSONFieldsError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String
    /// Counted from 1; columns in bytes. nil when the fault has no one place, as with a key that is missing.
    public var position: Position?

    public struct Position: Sendable, Equatable {
        public var line: Int
        public var column: Int
    }

    public init(_ message: String, position: Position? = nil) {
        self.message = message
        self.position = position
    }

    public var description: String {
        position.map { "line \($0.line), column \($0.column): \(message)" } ?? message
    }
}
