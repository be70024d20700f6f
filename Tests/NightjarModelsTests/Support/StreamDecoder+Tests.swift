import NightjarEngine

@testable import NightjarModels

extension StreamDecoder {
    /// Feeds a whole stream.
    /// - Returns: the pieces of text and the answer.
    mutating func decode(stream: String) throws -> (pieces: [String], response: ModelResponse) {
        var parser = ServerSentEventParser()
        var pieces: [String] = []
        for event in try parser.consume(stream.utf8) {
            if let piece = try decode(event), !piece.isEmpty { pieces.append(piece) }
        }
        return (pieces, try response())
    }
}

extension ServerSentEventParser {
    mutating func consume(_ bytes: some Collection<UInt8>) throws -> [ServerSentEvent] {
        try Array(bytes).withUnsafeBytes { try consume($0) }
    }
}

extension ModelRequest {
    static let hello = ModelRequest(messages: [.user("hello")])
}

extension WireToolNames {
    static let none = WireToolNames(.hello)
}
