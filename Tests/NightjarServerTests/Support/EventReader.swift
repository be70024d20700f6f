import AsyncHTTPClient
import NIOCore
import NightjarEngine

/// Reads a response's server-sent events one by one, as they arrive.
struct EventReader {
    struct Event: Equatable {
        var name: String
        var data: JSONValue
    }

    private var pieces: HTTPClientResponse.Body.AsyncIterator
    private var text = ""

    init(_ response: HTTPClientResponse) {
        pieces = response.body.makeAsyncIterator()
    }

    /// - Returns: nil at the end of the stream. Comments are passed over.
    mutating func next() async throws -> Event? {
        while let frame = try await nextFrame() {
            guard !frame.hasPrefix(":") else { continue }
            var fields: [Substring: Substring] = [:]
            for line in frame.split(separator: "\n") {
                let parts = line.split(separator: ": ", maxSplits: 1)
                if parts.count == 2 { fields[parts[0]] = parts[1] }
            }
            return Event(name: String(fields["event"] ?? ""), data: try JSONValue(parsing: String(fields["data"] ?? "")))
        }
        return nil
    }

    /// The text up to the next empty line, comments included.
    mutating func nextFrame() async throws -> String? {
        while true {
            if let end = text.firstRange(of: "\n\n") {
                defer { text = String(text[end.upperBound...]) }
                return String(text[..<end.lowerBound])
            }
            guard let piece = try await pieces.next() else { return nil }
            text += String(buffer: piece)
        }
    }
}
