import NightjarEngine
import Testing

@testable import NightjarModels

struct AnthropicRequestBodyTests {
    private func body(_ request: ModelRequest) -> JSONValue {
        AnthropicRequestBody(model: "m", request: request, names: WireToolNames(request), maxTokens: 100).json
    }

    private func text(_ text: String) -> JSONValue {
        ["type": "text", "text": .string(text)]
    }

    @Test func smallest() {
        #expect(
            body(.hello) == [
                "model": "m", "stream": true, "max_tokens": 100, "messages": [["role": "user", "content": [text("hello")]]],
            ])
    }

    @Test func instructionsToolsAndTemperature() {
        let request = ModelRequest(
            instructions: "Be brief.", messages: [.user("x")],
            tools: [ToolDescription(name: "mcp:git/log", description: "Log", parameters: ["type": "object"])], temperature: 0.5)
        let json = body(request)
        #expect(json["system"] == "Be brief.")
        #expect(json["temperature"] == .number(0.5))
        #expect(json["tools"] == [["name": "mcp_git_log", "description": "Log", "input_schema": ["type": "object"]]])
    }

    @Test func toolResultsAndTheNextQuestionAreOneEntry() {
        let request = ModelRequest(messages: [
            .user("a"),
            .assistant(text: "", toolCalls: [ToolCall(id: "t", name: "pods", arguments: "{\"n\":1}")]),
            .toolResults([ToolResult(callID: "t", name: "pods", content: "none", isError: true)]),
            .user("b"),
        ])
        #expect(
            body(request)["messages"] == [
                ["role": "user", "content": [text("a")]],
                ["role": "assistant", "content": [["type": "tool_use", "id": "t", "name": "pods", "input": ["n": 1]]]],
                [
                    "role": "user",
                    "content": [["type": "tool_result", "tool_use_id": "t", "content": "none", "is_error": true], text("b")],
                ],
            ])
    }

    @Test func emptyTurnsAreLeftOutAndNeighboursJoined() {
        let request = ModelRequest(messages: [.user("a"), .assistant(text: " \n", toolCalls: []), .user("b")])
        #expect(body(request)["messages"] == [["role": "user", "content": [text("a"), text("b")]]])
    }
}
