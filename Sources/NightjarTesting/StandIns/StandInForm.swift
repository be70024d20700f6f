/// A body in `multipart/form-data`, read strictly (RFC 7578).
struct StandInForm {
    var fields: [String: String] = [:]
    /// By the name of their field.
    var files: [String: StandInFile] = [:]

    /// - Returns: nil when it is none, or not as it should be.
    init?(_ request: StandInRequest) {
        guard let type = request.headers["content-type"], type.hasPrefix("multipart/form-data; boundary=") else { return nil }
        let delimiter = "--" + type.dropFirst("multipart/form-data; boundary=".count)
        guard request.body.hasPrefix(delimiter + "\r\n"), request.body.hasSuffix("\r\n\(delimiter)--\r\n") else { return nil }
        // A line's end is one character.
        let inside = request.body.dropFirst(delimiter.count + 1).dropLast(delimiter.count + 4)
        for part in inside.split(separator: "\r\n\(delimiter)\r\n", omittingEmptySubsequences: false) {
            guard let end = part.firstRange(of: "\r\n\r\n") else { return nil }
            let head = part[..<end.lowerBound]
            guard let name = head.firstMatch(of: /form-data; name="([^"]+)"/)?.output.1 else { return nil }
            let value = String(part[end.upperBound...])
            if let file = head.firstMatch(of: /filename="([^"]+)"/)?.output.1 {
                let mediaType = head.firstMatch(of: /Content-Type: (\S+)/)?.output.1 ?? ""
                files[String(name)] = StandInFile(name: String(file), type: String(mediaType), content: value)
            } else {
                fields[String(name)] = value
            }
        }
    }
}
