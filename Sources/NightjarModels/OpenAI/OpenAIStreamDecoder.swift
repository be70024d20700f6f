import Foundation
import NightjarEngine

/// Reads the stream of `/v1/chat/completions`: data-only events, ended by `[DONE]`.
struct OpenAIStreamDecoder: StreamDecoder {
    private(set) var isComplete = false

    private let names: WireToolNames
    private let json = JSONDecoder()
    private var text = ""
    private var calls = OpenAIToolCalls()
    private var usage = TokenUsage.zero
    private var finishReason: String?

    init(names: WireToolNames) {
        self.names = names
    }

    mutating func decode(_ event: ServerSentEvent) throws(StreamFailure) -> String? {
        if event.data == "[DONE]" {
            isComplete = true
            return nil
        }
        if event.type == "error" {
            throw .provider(ProviderFailure((try? JSONValue(parsing: event.data)) ?? .null) ?? ProviderFailure(message: event.data))
        }
        let chunk = try chunk(event.data)
        if let error = chunk.error, error != .null {
            throw .provider(ProviderFailure(["error": error]) ?? ProviderFailure(message: error.text))
        }
        if let tokens = chunk.usage {
            usage = TokenUsage(input: tokens.prompt_tokens ?? usage.input, output: tokens.completion_tokens ?? usage.output)
        }
        // Only one answer is asked for; the chunk with the usage has no choice at all.
        guard let choice = chunk.choices?.first else { return nil }
        finishReason = choice.finish_reason ?? finishReason
        for piece in choice.delta?.tool_calls ?? [] { calls.add(piece) }
        let piece = (choice.delta?.content ?? "") + (choice.delta?.refusal ?? "")
        text += piece
        return piece
    }

    /// `[DONE]` is not insisted on: some compatible servers just end the stream after the finish reason.
    func response() throws(StreamFailure) -> ModelResponse {
        guard isComplete || finishReason != nil else { throw .incomplete }
        let calls = calls.assembled(names: names)
        return ModelResponse(text: text, toolCalls: calls, usage: usage, stopReason: stopReason(hasCalls: !calls.isEmpty))
    }

    private func chunk(_ data: String) throws(StreamFailure) -> OpenAIChunk {
        do {
            return try json.decode(OpenAIChunk.self, from: Data(data.utf8))
        } catch {
            throw .malformed("the event is no completion chunk: \(data)")
        }
    }

    private func stopReason(hasCalls: Bool) -> ModelResponse.StopReason {
        switch finishReason {
        // Some servers say "stop" although the model called tools.
        case "stop", nil: hasCalls ? .toolCalls : .endOfTurn
        case "tool_calls", "function_call": .toolCalls
        case "length": .length
        case "content_filter": .contentFilter
        case let other?: .other(other)
        }
    }
}
