import NightjarEngine

/// A request as `/v1/messages` wants it. Source: Anthropic's API reference, "Create a Message".
///
/// Roles must alternate and no text block may be empty, so neighbours of one role become one entry and empty blocks are left
/// out.
struct AnthropicRequestBody {
    private struct Entry {
        var role: String
        var blocks: [JSONValue]
    }

    let model: String
    let request: ModelRequest
    let names: WireToolNames
    let maxTokens: Int

    var json: JSONValue {
        var body: [String: JSONValue] = [
            "model": .string(model),
            "stream": true,
            "max_tokens": .integer(Int64(maxTokens)),
            "messages": .array(entries.map { ["role": .string($0.role), "content": .array($0.blocks)] }),
        ]
        if !request.instructions.isEmpty { body["system"] = .string(request.instructions) }
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(tool)) }
        if let temperature = request.temperature { body["temperature"] = .number(temperature) }
        return .object(body)
    }

    private var entries: [Entry] {
        request.messages.map(entry).filter { !$0.blocks.isEmpty }.reduce(into: []) { entries, entry in
            if entries.last?.role == entry.role {
                entries[entries.count - 1].blocks += entry.blocks
            } else {
                entries.append(entry)
            }
        }
    }

    private func entry(_ message: ModelMessage) -> Entry {
        switch message {
        case .user(let text): Entry(role: "user", blocks: textBlocks(text))
        case .assistant(let text, let calls): Entry(role: "assistant", blocks: textBlocks(text) + calls.map(call))
        case .toolResults(let results): Entry(role: "user", blocks: results.map(result))
        }
    }

    private func textBlocks(_ text: String) -> [JSONValue] {
        text.allSatisfy(\.isWhitespace) ? [] : [["type": "text", "text": .string(text)]]
    }

    private func call(_ call: ToolCall) -> JSONValue {
        [
            "type": "tool_use",
            "id": .string(call.id),
            "name": .string(names.wire(call.name)),
            "input": WireToolArguments.object(call.arguments),
        ]
    }

    private func result(_ result: ToolResult) -> JSONValue {
        var block: [String: JSONValue] = [
            "type": "tool_result",
            "tool_use_id": .string(result.callID),
            "content": .string(result.content),
        ]
        if result.isError { block["is_error"] = true }
        return .object(block)
    }

    private func tool(_ tool: ToolDescription) -> JSONValue {
        ["name": .string(names.wire(tool.name)), "description": .string(tool.description), "input_schema": tool.parameters]
    }
}
