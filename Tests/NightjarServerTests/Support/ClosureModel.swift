import NightjarEngine

/// A model that is a closure of the request's input; what it says piece by piece is streamed.
struct ClosureModel: Model {
    typealias Say = @Sendable (String) async throws -> Void

    let answer: @Sendable (_ input: String, _ say: Say) async throws -> String

    func respond(
        to request: ModelRequest, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        try await withoutActuallyEscaping(onText) { onText in
            ModelResponse(text: try await answer(request.input, onText))
        }
    }

    /// Says its input.
    static let echo = ClosureModel { input, say in
        try await say(input)
        return input
    }
}
