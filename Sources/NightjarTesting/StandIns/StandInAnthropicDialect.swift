import NightjarEngine

/// Anthropic's `/v1/messages`.
struct StandInAnthropicDialect: StandInDialect {
    let contentType = "text/event-stream"
    private var index = 0
    private var isTextOpen = false

    mutating func opening() -> String {
        let usage: JSONValue = ["input_tokens": 1, "output_tokens": 1]
        return event(
            "message_start",
            [
                "message": [
                    "id": "msg_standin", "type": "message", "role": "assistant", "content": [], "model": "stand-in",
                    "stop_reason": .null, "stop_sequence": .null, "usage": usage,
                ]
            ]) + event("ping", [:])
    }

    mutating func render(_ step: StandInStep) -> [String] {
        switch step {
        case .text(let text):
            let start = isTextOpen ? [] : [openBlock(["type": "text", "text": ""])]
            isTextOpen = true
            return start + [delta(["type": "text_delta", "text": .string(text)])]
        case .toolCall(let id, let name, let arguments):
            let start = closeText() + [openBlock(["type": "tool_use", "id": .string(id), "name": .string(name), "input": [:]])]
            let pieces = arguments.map { delta(["type": "input_json_delta", "partial_json": .string($0)]) }
            return start + pieces + [closeBlock()]
        case .finish(let reason, let usage):
            let change: [String: JSONValue] = [
                "delta": ["stop_reason": word(reason), "stop_sequence": .null],
                "usage": ["input_tokens": .integer(Int64(usage.input)), "output_tokens": .integer(Int64(usage.output))],
            ]
            return closeText() + [event("message_delta", change), event("message_stop", [:])]
        case .failure(let type, let message):
            return [event("error", ["error": ["type": .string(type), "message": .string(message)]])]
        case .refusal(let type, let message):
            let document: JSONValue = ["type": "error", "error": ["type": .string(type), "message": .string(message)]]
            return [document.text]
        case .raw(let text):
            return [text]
        case .pause, .stall, .drop:
            return []
        }
    }

    private func openBlock(_ block: JSONValue) -> String {
        event("content_block_start", ["index": .integer(Int64(index)), "content_block": block])
    }

    private func delta(_ delta: JSONValue) -> String {
        event("content_block_delta", ["index": .integer(Int64(index)), "delta": delta])
    }

    private mutating func closeBlock() -> String {
        defer { index += 1 }
        return event("content_block_stop", ["index": .integer(Int64(index))])
    }

    private mutating func closeText() -> [String] {
        guard isTextOpen else { return [] }
        isTextOpen = false
        return [closeBlock()]
    }

    private func event(_ type: String, _ members: [String: JSONValue]) -> String {
        let data = JSONValue.object(members.merging(["type": .string(type)]) { $1 })
        return "event: \(type)\ndata: \(data.text)\n\n"
    }

    private func word(_ reason: ModelResponse.StopReason) -> JSONValue {
        switch reason {
        case .endOfTurn: "end_turn"
        case .toolCalls: "tool_use"
        case .length: "max_tokens"
        case .contentFilter: "refusal"
        case .other(let word): .string(word)
        }
    }
}
