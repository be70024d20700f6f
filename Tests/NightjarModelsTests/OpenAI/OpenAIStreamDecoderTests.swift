import NightjarEngine
import Testing

@testable import NightjarModels

struct OpenAIStreamDecoderTests {
    private func decode(_ stream: String, names: WireToolNames = .none) throws -> (pieces: [String], response: ModelResponse) {
        var decoder = OpenAIStreamDecoder(names: names)
        return try decoder.decode(stream: stream)
    }

    @Test func textAndUsage() throws {
        let (pieces, response) = try decode(
            """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-5-mini","service_tier":"default","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"x9"}

            data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}],"usage":null}

            : keep-alive

            data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}],"usage":null}

            data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

            data: {"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,"prompt_tokens_details":{"cached_tokens":0}}}

            data: [DONE]


            """)
        #expect(pieces == ["Hel", "lo"])
        #expect(response == ModelResponse(text: "Hello", usage: TokenUsage(input: 19, output: 10), stopReason: .endOfTurn))
    }

    @Test func parallelToolCallsWithInterleavedPieces() throws {
        let (pieces, response) = try decode(
            """
            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"pods","arguments":""}}]},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"names"}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"nodes","arguments":""}}]}}]}

            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{}"}},{"index":0,"function":{"arguments":"pace\\":\\"a\\"}"}}]}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            data: [DONE]


            """)
        #expect(pieces.isEmpty)
        #expect(
            response.toolCalls == [
                ToolCall(id: "call_a", name: "pods", arguments: #"{"namespace":"a"}"#),
                ToolCall(id: "call_b", name: "nodes", arguments: "{}"),
            ])
        #expect(response.stopReason == .toolCalls)
    }

    @Test(arguments: [
        ("stop", ModelResponse.StopReason.endOfTurn), ("tool_calls", .toolCalls), ("function_call", .toolCalls), ("length", .length),
        ("content_filter", .contentFilter), ("eos_token", .other("eos_token")),
    ])
    func stopReasons(word: String, reason: ModelResponse.StopReason) throws {
        let stream = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"\(word)\"}]}\n\ndata: [DONE]\n\n"
        #expect(try decode(stream).response.stopReason == reason)
    }

    @Test func stopWithToolCallsMeansToolCalls() throws {
        let (_, response) = try decode(
            """
            data: {"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"t","arguments":"{}"}}]},"finish_reason":"stop"}]}

            data: [DONE]


            """)
        #expect(response.stopReason == .toolCalls)
    }

    @Test func refusalIsVisible() throws {
        let (pieces, _) = try decode(
            "data: {\"choices\":[{\"delta\":{\"content\":null,\"refusal\":\"I cannot\"}}]}\n\ndata: [DONE]\n\n")
        #expect(pieces == ["I cannot"])
    }

    @Test func endWithoutDoneIsAnEndAfterAReasonOnly() throws {
        #expect(try decode("data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n").response.text == "x")
        #expect(throws: StreamFailure.incomplete) {
            try decode("data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n")
        }
        #expect(throws: StreamFailure.incomplete) { try decode("") }
    }

    @Test func errorsInTheStream() throws {
        let expected = ProviderFailure(message: "The server had an error", type: "server_error")
        #expect(throws: StreamFailure.provider(expected)) {
            try decode("data: {\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n")
        }
        #expect(throws: StreamFailure.provider(ProviderFailure(message: "out of memory"))) {
            try decode("data: {\"error\":\"out of memory\"}\n\n")
        }
        #expect(throws: StreamFailure.provider(ProviderFailure(message: "boom"))) {
            try decode("event: error\ndata: {\"message\":\"boom\"}\n\n")
        }
    }

    @Test func brokenJSONIsMalformed() throws {
        #expect(throws: StreamFailure.malformed("the event is no completion chunk: {\"choices\":[")) {
            try decode("data: {\"choices\":[\n\n")
        }
    }
}
