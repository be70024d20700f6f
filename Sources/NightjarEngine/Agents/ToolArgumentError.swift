/// Arguments that do not fit a tool's schema, in words the model can act on.
public struct ToolArgumentError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
