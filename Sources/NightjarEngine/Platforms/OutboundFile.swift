import Foundation

/// A file that is sent with a message.
public struct OutboundFile: Codable, Sendable, Equatable {
    public var name: String
    /// Its media type.
    public var type: String
    /// What people read in place of its name; nil shows the name.
    public var title: String?
    /// Encoded as Base64 where it is stored as text.
    private var data: Data

    public init(name: String, type: String? = nil, title: String? = nil, content: [UInt8]) {
        self.name = name
        self.type = type ?? Self.type(ofName: name)
        self.title = title
        data = Data(content)
    }

    public var content: [UInt8] { [UInt8](data) }
    public var size: Int { data.count }
    public var base64: String { data.base64EncodedString() }

    /// Why a file of this name cannot be sent; nil when it can.
    static func problem(withName name: String) -> String? {
        if name.isEmpty || name == "." || name == ".." { return "a file needs a name" }
        if name.utf8.count > FileLimits.nameBytesMax { return "a file's name has at most \(FileLimits.nameBytesMax) bytes" }
        let isOdd = name.unicodeScalars.contains { $0.value < 32 || $0.value == 127 || $0 == "/" || $0 == "\\" }
        return isOdd ? "a file's name has no slashes and no control characters" : nil
    }

    /// The media types of what scripts write most; anything else is only bytes.
    private static func type(ofName name: String) -> String {
        switch name.split(separator: ".").last.map({ $0.lowercased() }) {
        case "txt", "log": "text/plain"
        case "md": "text/markdown"
        case "csv": "text/csv"
        case "html": "text/html"
        case "json": "application/json"
        case "pdf": "application/pdf"
        case "zip": "application/zip"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
