import NightjarEngine

/// A request as `/v1/chat/completions` wants it. Source: OpenAI's API reference, "Create chat completion".
struct OpenAIRequestBody {
    /// OpenAI's newer models refuse the old key, compatible servers do not know the new one.
    enum LimitKey: String {
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
    }

    let model: String
    let request: ModelRequest
    let names: WireToolNames
    let maxTokens: Int?
    let limitKey: LimitKey

    var json: JSONValue {
        var body: [String: JSONValue] = [
            "model": .string(model),
            "stream": true,
            "stream_options": ["include_usage": true],
            "messages": .array(messages),
        ]
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(tool)) }
        if let temperature = request.temperature { body["temperature"] = .number(temperature) }
        if let maxTokens { body[limitKey.rawValue] = .integer(Int64(maxTokens)) }
        return .object(body)
    }

    private var messages: [JSONValue] {
        let system: [JSONValue] =
            request.instructions.isEmpty ? [] : [["role": "system", "content": .string(request.instructions)]]
        return system + request.messages.flatMap(entries)
    }

    private func entries(_ message: ModelMessage) -> [JSONValue] {
        switch message {
        case .user(let text):
            return [["role": "user", "content": .string(text)]]
        case .assistant(let text, let calls):
            var entry: [String: JSONValue] = ["role": "assistant", "content": .string(text)]
            if !calls.isEmpty {
                entry["tool_calls"] = .array(calls.map(call))
                if text.isEmpty { entry["content"] = .null }
            }
            return [.object(entry)]
        case .toolResults(let results):
            // The protocol has no mark for a failed call; the content says it.
            return results.map { ["role": "tool", "tool_call_id": .string($0.callID), "content": .string($0.content)] }
        }
    }

    private func call(_ call: ToolCall) -> JSONValue {
        [
            "id": .string(call.id),
            "type": "function",
            "function": [
                "name": .string(names.wire(call.name)),
                "arguments": .string(WireToolArguments.object(call.arguments).text),
            ],
        ]
    }

    private func tool(_ tool: ToolDescription) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(names.wire(tool.name)),
                "description": .string(tool.description),
                "parameters": tool.parameters,
            ],
        ]
    }
}
