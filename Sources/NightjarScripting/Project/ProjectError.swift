/// Why a project could not be read.
public struct ProjectError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String
    /// The file at fault, relative to the project; nil when it is the folder.
    public var file: String?

    public init(_ message: String, file: String? = nil) {
        self.message = message
        self.file = file
    }

    public var description: String { message }
}
