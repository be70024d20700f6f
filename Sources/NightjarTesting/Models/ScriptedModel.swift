public import NightjarEngine
internal import DequeModule
internal import Synchronization

/// A model that does what a test tells it, one step for each request, and remembers what it was asked.
public final class ScriptedModel: Model {
    /// What the model does with one request.
    public enum Step: Sendable {
        case answer(String, usage: TokenUsage = .zero)
        case calls([ToolCall], text: String = "", usage: TokenUsage = .zero)
        case failure(ModelError)
        /// Says nothing until it is cancelled.
        case hangs
        /// Answers piece by piece, as the test releases them.
        case speaks(ReleasedText)
        case does(@Sendable (ModelRequest, _ onText: @Sendable (String) async throws -> Void) async throws -> ModelResponse)
    }

    private struct State {
        var steps: Deque<Step>
        var active = 0
        var activeMax = 0
    }

    /// Every request, in the order in which they came.
    public let requests = Recorder<ModelRequest>()
    /// The requests that were cancelled before they were answered.
    public let cancelled = Recorder<ModelRequest>()
    private let state: Mutex<State>
    private let fallback: Step

    /// - Parameter fallback: what follows when the steps are used up.
    public init(_ steps: Step..., otherwise fallback: Step = .answer("ok")) {
        state = Mutex(State(steps: Deque(steps)))
        self.fallback = fallback
    }

    /// Requests being answered now, and the most there were at one time.
    public var active: Int { state.withLock(\.active) }
    public var activeMax: Int { state.withLock(\.activeMax) }

    /// Adds steps behind those that are left.
    public func then(_ steps: Step...) {
        state.withLock { $0.steps.append(contentsOf: steps) }
    }

    public func respond(
        to request: ModelRequest, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        let step = begin()
        defer { state.withLock { $0.active -= 1 } }
        requests.add(request)
        do {
            return try await perform(step, request, onText)
        } catch let error as CancellationError {
            cancelled.add(request)
            throw error
        }
    }

    private func begin() -> Step {
        state.withLock { state in
            state.active += 1
            state.activeMax = max(state.activeMax, state.active)
            return state.steps.popFirst() ?? fallback
        }
    }

    private func perform(
        _ step: Step, _ request: ModelRequest, _ onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        switch step {
        case .answer(let text, let usage):
            if !text.isEmpty { try await onText(text) }
            return ModelResponse(text: text, usage: usage)
        case .calls(let calls, let text, let usage):
            if !text.isEmpty { try await onText(text) }
            return ModelResponse(text: text, toolCalls: calls, usage: usage, stopReason: .toolCalls)
        case .failure(let error):
            throw error
        case .hangs:
            try await Hanging.untilCancelled()
        case .speaks(let text):
            var whole = ""
            for try await piece in text.pieces {
                try await onText(piece)
                whole += piece
            }
            try Task.checkCancellation()
            return ModelResponse(text: whole)
        case .does(let body):
            return try await body(request, onText)
        }
    }
}
