import Foundation
import NightjarEngine

/// Reads the stream of `/v1/messages`: typed events from `message_start` to `message_stop`.
///
/// Source: Anthropic's documentation, "Streaming Messages". Event types we do not know are passed over, as it asks.
struct AnthropicStreamDecoder: StreamDecoder {
    private struct Call: Sendable {
        var index: Int
        var id: String
        var name: String
        var input: JSONValue?
        var json = ""

        var arguments: String {
            json.isEmpty ? (input ?? [:]).text : json
        }
    }

    private(set) var isComplete = false

    private let names: WireToolNames
    private let json = JSONDecoder()
    private var text = ""
    private var calls: [Call] = []
    private var usage = TokenUsage.zero
    private var stopReason: String?

    init(names: WireToolNames) {
        self.names = names
    }

    mutating func decode(_ event: ServerSentEvent) throws(StreamFailure) -> String? {
        let name = event.type
        let event = try parsed(event.data)
        switch event.type ?? name {
        case "message_start":
            read(event.message?.usage)
        case "content_block_start":
            return start(event)
        case "content_block_delta":
            return add(event)
        case "message_delta":
            stopReason = event.delta?.stop_reason ?? stopReason
            read(event.usage)
        case "message_stop":
            isComplete = true
        case "error":
            throw .provider(ProviderFailure(["error": event.error ?? .null]) ?? ProviderFailure(message: "no message"))
        default:
            break
        }
        return nil
    }

    func response() throws(StreamFailure) -> ModelResponse {
        guard isComplete || stopReason != nil else { throw .incomplete }
        let calls = calls.map { ToolCall(id: $0.id, name: names.name(wire: $0.name), arguments: $0.arguments) }
        return ModelResponse(text: text, toolCalls: calls, usage: usage, stopReason: mappedStopReason)
    }

    private func parsed(_ data: String) throws(StreamFailure) -> AnthropicEvent {
        do {
            return try json.decode(AnthropicEvent.self, from: Data(data.utf8))
        } catch {
            throw .malformed("the event is no message event: \(data)")
        }
    }

    private mutating func start(_ event: AnthropicEvent) -> String? {
        guard let block = event.content_block else { return nil }
        switch block.type {
        case "tool_use":
            let index = event.index ?? calls.count
            calls.append(Call(index: index, id: block.id ?? "call_\(index)", name: block.name ?? "", input: block.input))
            return nil
        case "text":
            text += block.text ?? ""
            return block.text
        default:
            return nil
        }
    }

    private mutating func add(_ event: AnthropicEvent) -> String? {
        switch event.delta?.type {
        case "text_delta":
            text += event.delta?.text ?? ""
            return event.delta?.text
        case "input_json_delta":
            // Blocks of tools that run at the provider have pieces too; their index is not among ours.
            if let position = calls.lastIndex(where: { $0.index == event.index }) {
                calls[position].json += event.delta?.partial_json ?? ""
            }
            return nil
        default:
            return nil
        }
    }

    /// The figures are cumulative, so a later one replaces what was known. What came from the cache was read all the same.
    private mutating func read(_ tokens: AnthropicEvent.Usage?) {
        guard let tokens else { return }
        if let input = tokens.input_tokens {
            let cached = TokenUsage.sum(tokens.cache_creation_input_tokens ?? 0, tokens.cache_read_input_tokens ?? 0)
            usage.input = TokenUsage.sum(input, cached)
        }
        usage.output = tokens.output_tokens ?? usage.output
    }

    private var mappedStopReason: ModelResponse.StopReason {
        switch stopReason {
        case "end_turn", "stop_sequence", nil: .endOfTurn
        case "tool_use": .toolCalls
        case "max_tokens", "model_context_window_exceeded": .length
        case "refusal": .contentFilter
        case let other?: .other(other)
        }
    }
}
