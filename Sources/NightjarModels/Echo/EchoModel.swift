public import NightjarEngine

/// Answers with what it was asked, word by word, without a network: for trying a project out and for tests of it.
public struct EchoModel: Model {
    public init() {}

    /// Usage counts words.
    public func respond(
        to request: ModelRequest, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        let pieces = Self.pieces(request.input)
        for piece in pieces {
            try Task.checkCancellation()
            try await onText(piece)
        }
        return ModelResponse(text: request.input, usage: TokenUsage(input: pieces.count, output: pieces.count))
    }

    /// Cuts before each word, so that the pieces together are the text, its white space included.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var wasSpace = true
        for character in text {
            if pieces.isEmpty || (wasSpace && !character.isWhitespace) {
                pieces.append("")
            }
            pieces[pieces.count - 1].append(character)
            wasSpace = character.isWhitespace
        }
        return pieces
    }
}
