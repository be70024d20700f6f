import NightjarEngine
import Testing

@testable import NightjarModels

struct AnthropicStreamDecoderTests {
    private func decode(_ stream: String, names: WireToolNames = .none) throws -> (pieces: [String], response: ModelResponse) {
        var decoder = AnthropicStreamDecoder(names: names)
        return try decoder.decode(stream: stream)
    }

    private let start = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":3,"cache_read_input_tokens":4,"output_tokens":1,"service_tier":"standard"}}}


        """

    @Test func textThenToolCall() throws {
        let request = ModelRequest(
            messages: [.user("weather?")],
            tools: [ToolDescription(name: "mcp:weather/now", description: "", parameters: ["type": "object"])])
        let (pieces, response) = try decode(
            start + """
                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: ping
                data: {"type":"ping"}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Let me"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" look."}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: content_block_start
                data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"mcp_weather_now","input":{}}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"Ber"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"lin\\"}"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":1}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}

                event: message_stop
                data: {"type":"message_stop"}


                """, names: WireToolNames(request))
        #expect(pieces == ["Let me", " look."])
        #expect(
            response
                == ModelResponse(
                    text: "Let me look.",
                    toolCalls: [ToolCall(id: "toolu_1", name: "mcp:weather/now", arguments: #"{"city": "Berlin"}"#)],
                    usage: TokenUsage(input: 32, output: 89), stopReason: .toolCalls))
    }

    @Test func usageIsCumulativeNotAdded() throws {
        let (_, response) = try decode(
            start + """
                data: {"type":"message_delta","delta":{},"usage":{"output_tokens":5}}

                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":40,"output_tokens":9}}

                data: {"type":"message_stop"}


                """)
        #expect(response.usage == TokenUsage(input: 40, output: 9))
    }

    @Test func toolWithoutArguments() throws {
        let (_, response) = try decode(
            """
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"now","input":{}}}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}

            data: {"type":"message_stop"}


            """)
        #expect(response.toolCalls == [ToolCall(id: "t", name: "now", arguments: "{}")])
    }

    @Test func unknownEventsBlocksAndDeltasArePassedOver() throws {
        let (pieces, _) = try decode(
            """
            event: message_moved
            data: {"type":"message_moved","delta":{"type":"text_delta","text":"no"}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"no"}}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":"yes"}}

            data: {"type":"message_stop"}


            """)
        #expect(pieces == ["yes"])
    }

    @Test(arguments: [
        ("end_turn", ModelResponse.StopReason.endOfTurn), ("stop_sequence", .endOfTurn), ("tool_use", .toolCalls), ("max_tokens", .length),
        ("model_context_window_exceeded", .length), ("refusal", .contentFilter), ("pause_turn", .other("pause_turn")),
    ])
    func stopReasons(word: String, reason: ModelResponse.StopReason) throws {
        let stream = "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"\(word)\"}}\n\n"
        #expect(try decode(stream).response.stopReason == reason)
    }

    @Test func endInTheMiddleIsIncomplete() throws {
        #expect(throws: StreamFailure.incomplete) {
            try decode(start + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n")
        }
    }

    @Test func errorInTheStream() throws {
        let expected = ProviderFailure(message: "Overloaded", type: "overloaded_error")
        #expect(throws: StreamFailure.provider(expected)) {
            try decode("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n")
        }
    }

    @Test func typeMayStandInTheEventOnly() throws {
        #expect(try decode("event: message_stop\ndata: {}\n\n").response.text.isEmpty)
    }

    @Test func brokenJSONIsMalformed() throws {
        #expect(throws: StreamFailure.malformed("the event is no message event: oops")) { try decode("data: oops\n\n") }
    }
}
