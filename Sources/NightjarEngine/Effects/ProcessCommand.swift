/// One external command.
public struct ProcessCommand: Sendable, Equatable {
    /// The program, looked up in PATH, and its arguments; never a shell line.
    public var arguments: [String]
    public var input: [UInt8]
    /// Added to the engine's own environment.
    public var environment: [String: String]
    /// Nil is the project's folder.
    public var directory: String?
    public var timeout: Duration

    public init(
        arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], directory: String? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.arguments = arguments
        self.input = input
        self.environment = environment
        self.directory = directory
        self.timeout = timeout
    }
}
