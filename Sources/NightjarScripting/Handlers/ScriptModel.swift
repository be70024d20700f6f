import LuaRuntime
import NightjarEngine

/// A model written in Lua: `respond = function(request) … end`.
///
/// It returns text, an iterator that gives the text piece by piece, or a table `{ text = …, tool_calls = { { name =, arguments = } } }`.
struct ScriptModel: Model {
    let name: String
    let handler: HandlerID
    let generation: GenerationReference

    /// Pieces that one answer may have: an iterator that never ends is a mistake.
    static let piecesMax = 100_000

    func respond(to request: ModelRequest, onText: @Sendable (String) async throws -> Void) async throws -> ModelResponse {
        guard let context = HandlerContext.current else {
            throw ModelError(.script, "the model \(name) was asked outside of a task", isRetryable: false)
        }
        do {
            let generation = try generation.get()
            let results = try await generation.call(handler, [Self.table(request)], as: .run(context))
            return try await answer(results.first ?? .nil, generation, context, onText)
        } catch let error as HandlerFailure {
            throw ModelError(.script, error.message, isRetryable: false)
        } catch let error as ScriptError {
            throw ModelError(.script, "the model \(name) failed: \(error)", isRetryable: false)
        }
    }

    private func answer(
        _ value: LuaValue, _ generation: ScriptGeneration, _ context: HandlerContext,
        _ onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        switch value {
        case .nil:
            throw ScriptError(
                message: "it returned nothing: return text, an iterator of texts, or a table { text = \"…\", tool_calls = { … } }")
        case .function(let iterator):
            return ModelResponse(text: try await collect(iterator, generation, context, onText))
        case .table(let table):
            let text = table["text"].stringValue ?? ""
            if !text.isEmpty { try await onText(text) }
            let calls = try Self.toolCalls(table["tool_calls"], of: name)
            return ModelResponse(
                text: text, toolCalls: calls, usage: Self.usage(table["usage"]), stopReason: calls.isEmpty ? .endOfTurn : .toolCalls)
        default:
            let text = try ScriptText.text(of: value, "the model \(name)") ?? ""
            if !text.isEmpty { try await onText(text) }
            return ModelResponse(text: text)
        }
    }

    private func collect(
        _ iterator: LuaFunction, _ generation: ScriptGeneration, _ context: HandlerContext,
        _ onText: @Sendable (String) async throws -> Void
    ) async throws -> String {
        var whole = ""
        for _ in 0..<Self.piecesMax {
            let piece = try await generation.call(iterator, [], as: .run(context)).first ?? .nil
            guard let text = try ScriptText.text(of: piece, "the iterator of the model \(name)") else { return whole }
            try await onText(text)
            whole += text
        }
        throw ScriptError(message: "its iterator gave \(Self.piecesMax) pieces and did not end; return nil at the end")
    }

    private static func usage(_ value: LuaValue) -> TokenUsage {
        TokenUsage(input: Int(value["input"].integerValue ?? 0), output: Int(value["output"].integerValue ?? 0))
    }

    private static func toolCalls(_ value: LuaValue, of model: String) throws -> [ToolCall] {
        try (value.tableValue?.array ?? []).enumerated().map { index, call in
            guard let name = call["name"].stringValue else {
                throw ScriptError(message: "tool_calls[\(index + 1)] has no name")
            }
            let arguments = call["arguments"].isNil ? "{}" : try call["arguments"].stringValue ?? JSONValue(lua: call["arguments"]).text
            return ToolCall(
                id: call["id"].stringValue ?? "call_\(index + 1)", name: name, arguments: arguments)
        }
    }

    private static func table(_ request: ModelRequest) -> LuaValue {
        var table = LuaTable(fields: [
            "input": .string(request.input), "instructions": .string(request.instructions),
            "messages": .table(LuaTable(array: request.messages.flatMap(messages))),
            "tools": .table(LuaTable(array: request.tools.map(tool))),
        ])
        if let temperature = request.temperature { table["temperature"] = .number(temperature) }
        return .table(table)
    }

    private static func tool(_ tool: ToolDescription) -> LuaValue {
        ["name": .string(tool.name), "description": .string(tool.description), "parameters": LuaValue(tool.parameters)]
    }

    private static func messages(_ message: ModelMessage) -> [LuaValue] {
        switch message {
        case .user(let text): [["role": "user", "content": .string(text)]]
        case .assistant(let text, let calls):
            [["role": "assistant", "content": .string(text), "tool_calls": .table(LuaTable(array: calls.map(toolCall)))]]
        case .toolResults(let results):
            results.map {
                [
                    "role": "tool", "tool_call_id": .string($0.callID), "name": .string($0.name),
                    "content": .string($0.content), "is_error": .bool($0.isError),
                ]
            }
        }
    }

    private static func toolCall(_ call: ToolCall) -> LuaValue {
        let arguments = (try? JSONValue(parsing: call.arguments)).map { LuaValue($0) } ?? .string(call.arguments)
        return ["id": .string(call.id), "name": .string(call.name), "arguments": arguments]
    }
}
