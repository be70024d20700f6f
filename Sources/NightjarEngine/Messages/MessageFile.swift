/// A file that came with a message: what is known of it, and where its platform finds it. Its bytes stay there until a script reads them.
public struct MessageFile: Codable, Sendable, Equatable {
    /// As the sender named it; never empty.
    public var name: String
    /// Its media type, as the platform tells it: `text/csv`.
    public var type: String
    /// In bytes, as far as it is known.
    public var size: Int?
    /// The platform's own name for it; the engine does not look into it.
    public var reference: String

    public init(name: String?, type: String?, size: Int?, reference: String) {
        self.name = name.flatMap { $0.isEmpty ? nil : $0 } ?? "file"
        self.type = type.flatMap { $0.isEmpty ? nil : $0 } ?? "application/octet-stream"
        self.size = size
        self.reference = reference
    }

    /// What an agent is told of it.
    var line: String { "[file: \(name), \(type)\(size.map { ", \($0) bytes" } ?? "")]" }
}
