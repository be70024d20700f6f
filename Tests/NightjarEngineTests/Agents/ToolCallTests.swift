import NightjarEngine
import NightjarTesting
import Testing

@Suite struct ToolCallTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    /// Runs one answer with these calls.
    /// - Returns: what the model was told of them.
    private func results(
        of calls: [ToolCall], tools: [any Tool], whileRunning: @Sendable (EngineFixture) async -> Void = { _ in }
    ) async throws -> [ToolResult] {
        let model = ScriptedModel(.calls(calls), .answer("done"))
        return try await withEngine(.helper(model, tools: tools, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await whileRunning(engine)
            let request = try #require(model.requests.all.last)
            guard case .toolResults(let results)? = request.messages.last else { return [] }
            return results
        }
    }

    @Test func `Calls of one answer run at the same time, and their results keep the order`() async throws {
        let order = Recorder<String>()
        let (first, second) = (ReleasedText(), ReleasedText())
        let slow = ScriptedTool("slow") { _, _ in
            for try await _ in first.pieces {}
            order.add("slow")
            return "1"
        }
        let quick = ScriptedTool("quick") { _, _ in
            for try await _ in second.pieces {}
            order.add("quick")
            return "2"
        }
        let results = try await results(of: [.sample("slow", id: "a"), .sample("quick", id: "b")], tools: [slow, quick]) { engine in
            second.end()
            await engine.settle()
            first.end()
            await engine.settle()
        }
        #expect(order.all == ["quick", "slow"])
        #expect(results.map(\.content) == ["1", "2"])
        #expect(results.map(\.callID) == ["a", "b"])
    }

    @Test func `Calls that the provider names alike are told apart, and so are their effects`() async throws {
        let tool = ScriptedTool("t") { arguments, context in
            let text = arguments["n"].map { "\($0)" } ?? ""
            try await context.reply(text)
            return text
        }
        let calls = ["c", "c", "", "", "c_2"].enumerated().map { ToolCall.sample("t", id: $0.element, #"{"n":"\#($0.offset)"}"#) }
        let model = ScriptedModel(.calls(calls), .answer("done"))
        try await withEngine(.helper(model, tools: [tool], settings: quiet)) { engine async throws in
            try await engine.say("/run agent helper x")
            let messages = try #require(model.requests.all.last).messages
            guard case .toolResults(let results)? = messages.last, case .assistant(_, let sent)? = messages.dropLast().last else {
                Issue.record("no results")
                return
            }
            #expect(results.map(\.callID) == ["c", "c_1", "call_1", "call_2", "c_2"])
            #expect(sent.map(\.id) == results.map(\.callID))
            #expect(Set(results.map(\.content)).count == 5)
            #expect(engine.platform.texts.count == 6)
        }
    }

    @Test func `Eight calls run at once, the others wait in order`() async throws {
        let begun = Recorder<Int>()
        let release = AsyncGate()
        let tool = ScriptedTool("t") { arguments, _ in
            begun.add(arguments["n"]?.integer.map { Int($0) } ?? -1)
            await release.wait()
            return ""
        }
        let calls = (0..<12).map { ToolCall.sample("t", id: "c\($0)", #"{"n":\#($0)}"#) }
        _ = try await results(of: calls, tools: [tool]) { engine in
            #expect(begun.all == Array(0..<8))
            release.open()
            await engine.settle()
        }
        #expect(begun.all == Array(0..<12))
    }

    @Test func `The model is told a tool's error`() async throws {
        let tool = ScriptedTool("t") { _, _ in throw HandlerFailure("no such host") }
        let results = try await results(of: [.sample("t")], tools: [tool])
        #expect(results == [ToolResult(callID: "c1", name: "t", content: "no such host", isError: true)])
    }

    @Test func `The model is told which tools there are`() async throws {
        let tool = ScriptedTool("known") { _, _ in "" }
        let results = try await results(of: [.sample("unknown")], tools: [tool])
        #expect(results[0].isError)
        #expect(results[0].content == "there is no tool \"unknown\"; the tools are: known")
    }

    @Test func `Arguments that are no JSON are told to the model, and the tool is not called`() async throws {
        let tool = ScriptedTool("t") { _, _ in "" }
        let results = try await results(of: [.sample("t", id: "c1", "{nope")], tools: [tool])
        #expect(results[0].isError)
        #expect(results[0].content == "the arguments are not valid JSON")
        #expect(tool.calls.count == 0)
    }

    @Test func `A tool that takes too long is cancelled, and the model is told`() async throws {
        let ended = Recorder<Bool>()
        let tool = ScriptedTool("t", timeout: .seconds(5)) { _, _ in
            defer { ended.add(Task.isCancelled) }
            try await Hanging.untilCancelled()
        }
        let results = try await results(of: [.sample("t")], tools: [tool]) { await $0.advance(by: .seconds(5)) }
        #expect(ended.all == [true])
        #expect(results == [ToolResult(callID: "c1", name: "t", content: "the tool took longer than 5s", isError: true)])
    }

    @Test func `A huge result is cut between characters`() async throws {
        let tool = ScriptedTool("t") { _, _ in String(repeating: "👩‍👩‍👧‍👦", count: 4000) }
        let content = try await results(of: [.sample("t")], tools: [tool])[0].content
        #expect(content.hasSuffix("… cut here: the whole result has 100000 bytes"))
        let kept = content.prefix { $0 != "\n" }
        #expect(kept.utf8.count <= AgentLimits.toolResultBytesMax)
        #expect(kept.allSatisfy { $0 == "👩‍👩‍👧‍👦" })
    }

    @Test func `A cancelled task's tools are cancelled`() async throws {
        let ended = Recorder<Bool>()
        let tool = ScriptedTool("t") { _, _ in
            defer { ended.add(Task.isCancelled) }
            try await Hanging.untilCancelled()
        }
        let model = ScriptedModel(.calls([.sample("t", id: "a"), .sample("t", id: "b")]), .answer("done"))
        try await withEngine(.helper(model, tools: [tool], settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            _ = try await engine.engine.cancel(try await engine.tasks()[0].id)
            await engine.settle()
            #expect(ended.all == [true, true])
            #expect(model.requests.count == 1)
        }
    }
}
