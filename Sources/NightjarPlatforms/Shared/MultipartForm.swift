import NightjarEngine

/// A body in `multipart/form-data` (RFC 7578): fields, then one file.
struct MultipartForm: Sendable {
    let contentType: String
    let bytes: [UInt8]

    /// - Parameters:
    ///   - fields: their values as text, or as JSON with its media type.
    ///   - fileField: the name of the file's field.
    init(fields: [(name: String, value: String, type: String?)], fileField: String, file: OutboundFile) {
        let boundary =
            "nightjar-" + String(UInt64.random(in: .min ... .max), radix: 36)
            + String(UInt64.random(in: .min ... .max), radix: 36)
        var bytes: [UInt8] = []
        for field in fields {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n".utf8
            if let type = field.type { bytes += "Content-Type: \(type)\r\n".utf8 }
            bytes += "\r\n\(field.value)\r\n".utf8
        }
        bytes +=
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(fileField)\"; filename=\"\(Self.quoted(file.name))\"\r\n"
            .utf8
        bytes += "Content-Type: \(Self.header(file.type))\r\n\r\n".utf8
        bytes += file.content
        bytes += "\r\n--\(boundary)--\r\n".utf8
        self.bytes = bytes
        contentType = "multipart/form-data; boundary=\(boundary)"
    }

    var body: VendorRequest.Body { .bytes(bytes, contentType: contentType) }

    /// As browsers write names (WHATWG HTML, "multipart form data").
    private static func quoted(_ name: String) -> String { name.replacing("\"", with: "%22") }

    /// A script's media type must not begin another header.
    private static func header(_ type: String) -> String {
        type.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 31 } ? type : "application/octet-stream"
    }
}
