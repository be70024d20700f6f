import NightjarEngine

/// OpenAI's `/v1/chat/completions`.
struct StandInOpenAIDialect: StandInDialect {
    let contentType = "text/event-stream"
    private var calls = 0

    mutating func opening() -> String {
        chunk(delta: ["role": "assistant", "content": ""])
    }

    mutating func render(_ step: StandInStep) -> [String] {
        switch step {
        case .text(let text):
            return [chunk(delta: ["content": .string(text)])]
        case .toolCall(let id, let name, let arguments):
            defer { calls += 1 }
            let start: JSONValue = [
                "index": .integer(Int64(calls)), "id": .string(id), "type": "function",
                "function": ["name": .string(name), "arguments": ""],
            ]
            let pieces = arguments.map { piece -> JSONValue in
                ["index": .integer(Int64(calls)), "function": ["arguments": .string(piece)]]
            }
            return ([start] + pieces).map { chunk(delta: ["tool_calls": [$0]]) }
        case .finish(let reason, let usage):
            let tokens: JSONValue = [
                "prompt_tokens": .integer(Int64(usage.input)), "completion_tokens": .integer(Int64(usage.output)),
                "total_tokens": .integer(Int64(usage.input + usage.output)),
            ]
            let last: JSONValue = ["object": "chat.completion.chunk", "choices": [], "usage": tokens]
            return [chunk(delta: [:], finishReason: word(reason)), event(last), "data: [DONE]\n\n"]
        case .failure(let type, let message):
            return [event(document(type: type, message: message))]
        case .refusal(let type, let message):
            return [document(type: type, message: message).text]
        case .raw(let text):
            return [text]
        case .pause, .stall, .drop:
            return []
        }
    }

    private func document(type: String, message: String) -> JSONValue {
        ["error": ["message": .string(message), "type": .string(type), "param": .null, "code": .null]]
    }

    private func chunk(delta: JSONValue, finishReason: JSONValue = .null) -> String {
        event([
            "id": "chatcmpl-standin", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "stand-in",
            "choices": [["index": 0, "delta": delta, "logprobs": .null, "finish_reason": finishReason]],
            "usage": .null,
        ])
    }

    private func event(_ value: JSONValue) -> String {
        "data: \(value.text)\n\n"
    }

    private func word(_ reason: ModelResponse.StopReason) -> JSONValue {
        switch reason {
        case .endOfTurn: "stop"
        case .toolCalls: "tool_calls"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .other(let word): .string(word)
        }
    }
}
