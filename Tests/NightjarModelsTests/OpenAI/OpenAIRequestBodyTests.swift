import NightjarEngine
import Testing

@testable import NightjarModels

struct OpenAIRequestBodyTests {
    private func body(
        _ request: ModelRequest, maxTokens: Int? = nil, limitKey: OpenAIRequestBody.LimitKey = .maxTokens
    ) -> JSONValue {
        OpenAIRequestBody(
            model: "m", request: request, names: WireToolNames(request), maxTokens: maxTokens, limitKey: limitKey
        ).json
    }

    @Test func smallest() {
        #expect(
            body(.hello) == [
                "model": "m", "stream": true, "stream_options": ["include_usage": true],
                "messages": [["role": "user", "content": "hello"]],
            ])
    }

    @Test func limitsAndTemperature() {
        let request = ModelRequest(messages: [.user("x")], temperature: 0.5)
        #expect(body(request)["temperature"] == .number(0.5))
        #expect(body(request, maxTokens: 7)["max_tokens"] == 7)
        let new = body(request, maxTokens: 7, limitKey: .maxCompletionTokens)
        #expect(new["max_completion_tokens"] == 7)
        #expect(new["max_tokens"] == nil)
    }

    @Test func toolsAndTheirHistory() {
        let request = ModelRequest(
            instructions: "Be brief.",
            messages: [
                .user("pods?"),
                .assistant(text: "", toolCalls: [ToolCall(id: "c1", name: "mcp:git/log", arguments: "{\"n\": 1}")]),
                .toolResults([ToolResult(callID: "c1", name: "mcp:git/log", content: "none", isError: true)]),
            ],
            tools: [ToolDescription(name: "mcp:git/log", description: "Log", parameters: ["type": "object"])])
        let json = body(request)
        #expect(
            json["messages"] == [
                ["role": "system", "content": "Be brief."],
                ["role": "user", "content": "pods?"],
                [
                    "role": "assistant", "content": .null,
                    "tool_calls": [
                        ["id": "c1", "type": "function", "function": ["name": "mcp_git_log", "arguments": "{\"n\":1}"]]
                    ],
                ],
                ["role": "tool", "tool_call_id": "c1", "content": "none"],
            ])
        #expect(
            json["tools"] == [
                ["type": "function", "function": ["name": "mcp_git_log", "description": "Log", "parameters": ["type": "object"]]]
            ])
    }
}
