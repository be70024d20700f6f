import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarModels

/// Whole exchanges with a real server on this machine.
@Suite(.timeLimit(.minutes(1)))
struct ModelExchangeTests {
    @Test(arguments: Provider.allCases) func textUsageAndReason(provider: Provider) async throws {
        try await withModel(provider) { standIn, model in
            standIn.script(.text("Hel", "lo ", "🦉", usage: TokenUsage(input: 3, output: 2)))
            let heard = try await model.hear()
            #expect(heard.pieces == ["Hel", "lo ", "🦉"])
            #expect(heard.response == ModelResponse(text: "Hello 🦉", usage: TokenUsage(input: 3, output: 2)))
        }
    }

    @Test(arguments: Provider.allCases) func toolCallsInPieces(provider: Provider) async throws {
        let tool = ToolDescription(name: "mcp:git/log", description: "", parameters: ["type": "object"])
        try await withModel(provider) { standIn, model in
            standIn.script(
                StandInAnswer(steps: [
                    .text("Looking."), .toolCall(id: "a", name: "mcp_git_log", arguments: ["{\"n\"", ":1}"]),
                    .toolCall(id: "b", name: "mcp_git_log", arguments: []), .finish(.toolCalls, .zero),
                ]))
            let heard = try await model.hear(ModelRequest(messages: [.user("x")], tools: [tool]))
            #expect(
                heard.response?.toolCalls == [
                    ToolCall(id: "a", name: "mcp:git/log", arguments: "{\"n\":1}"),
                    ToolCall(id: "b", name: "mcp:git/log", arguments: "{}"),
                ])
            #expect(heard.response?.stopReason == .toolCalls)
        }
    }

    @Test(arguments: Provider.allCases) func whatIsSent(provider: Provider) async throws {
        try await withModel(provider, extraHeaders: ["X-Gateway": Secret("gateway-token"), "User-Agent": Secret("mine")]) { standIn, model in
            standIn.script(.text("ok"))
            _ = try await model.hear(ModelRequest(messages: [.user("hello")], maxTokens: 5))
            let request = try #require(standIn.activity.requests.first)
            #expect(request.method == "POST")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["x-gateway"] == "gateway-token")
            #expect(request.headers["user-agent"] == "mine")
            #expect(request.json["max_tokens"] == 5)
            #expect(request.json["model"] == "stand-in")
            switch provider {
            case .openai:
                #expect(request.path == "/v1/chat/completions")
                #expect(request.headers["authorization"] == "Bearer sk-standin-key")
            case .anthropic:
                #expect(request.path == "/v1/messages")
                #expect(request.headers["x-api-key"] == "sk-standin-key")
                #expect(request.headers["anthropic-version"] == "2023-06-01")
            }
        }
    }

    @Test(arguments: Provider.allCases) func noKeyNoHeader(provider: Provider) async throws {
        try await withModel(provider, key: nil) { standIn, model in
            standIn.script(.text("ok"))
            _ = try await model.hear()
            let headers = try #require(standIn.activity.requests.first?.headers)
            #expect(headers["authorization"] == nil)
            #expect(headers["x-api-key"] == nil)
        }
    }

    @Test(arguments: Provider.allCases) func severalAnswersAtOnceShareTheClient(provider: Provider) async throws {
        try await withModel(provider) { standIn, model in
            let count = 20
            for _ in 0..<count { standIn.script(.text("a", "b")) }
            let texts = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<count { group.addTask { try await model.hear().response?.text } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(texts == Array(repeating: "ab", count: count))
        }
    }
}
