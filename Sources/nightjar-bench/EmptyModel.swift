import NightjarEngine

/// Answers at once with nothing.
struct EmptyModel: Model {
    func respond(to request: ModelRequest, onText: @Sendable (String) async throws -> Void) async throws -> ModelResponse {
        ModelResponse(text: "")
    }
}
