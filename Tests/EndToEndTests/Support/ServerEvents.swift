import AsyncHTTPClient
import Foundation
import NIOCore
import NightjarEngine

/// The events of a response, as they come.
struct ServerEvents: AsyncSequence {
    struct Event: Sendable {
        var name: String
        var data: JSONValue
        var arrived: ContinuousClock.Instant
    }

    private let body: HTTPClientResponse.Body

    init(_ body: HTTPClientResponse.Body) {
        self.body = body
    }

    func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        private static let blankLine = Data("\n\n".utf8)

        var pieces: HTTPClientResponse.Body.AsyncIterator
        private var bytes = Data()

        init(pieces: HTTPClientResponse.Body.AsyncIterator) {
            self.pieces = pieces
        }

        mutating func next() async throws -> Event? {
            while true {
                if let end = bytes.range(of: Self.blankLine) {
                    let frame = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                    bytes.removeSubrange(..<end.upperBound)
                    if let event = Self.event(frame) { return event }
                } else if let piece = try await pieces.next() {
                    bytes.append(contentsOf: piece.readableBytesView)
                } else {
                    return nil
                }
            }
        }

        /// - Returns: nil for a comment.
        private static func event(_ frame: String) -> Event? {
            var name: String?
            var data = ""
            for line in frame.split(separator: "\n") {
                if line.hasPrefix("event: ") { name = String(line.dropFirst(7)) }
                if line.hasPrefix("data: ") { data += line.dropFirst(6) }
            }
            guard let name else { return nil }
            return Event(name: name, data: (try? JSONValue(parsing: data)) ?? .null, arrived: .now)
        }
    }
}
