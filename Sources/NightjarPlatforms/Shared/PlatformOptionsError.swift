/// What is wrong with a `platform "…" { … }` declaration beyond the types of its options.
public struct PlatformOptionsError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
