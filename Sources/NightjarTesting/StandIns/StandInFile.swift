/// A file as a stand-in keeps it; text, since stand-ins read requests as text.
public struct StandInFile: Sendable, Equatable {
    public var name: String
    public var type: String
    public var content: String

    public init(name: String, type: String = "text/plain", content: String) {
        self.name = name
        self.type = type
        self.content = content
    }
}
