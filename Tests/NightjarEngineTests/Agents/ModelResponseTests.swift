import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct ModelResponseTests {
    @Test func `An answer that was cut off says so`() throws {
        #expect(try ModelResponse(text: "whole").answer == "whole")
        #expect(try ModelResponse(text: "half", stopReason: .length).answer.hasPrefix("half\n\n(The answer ends here"))
        #expect(try ModelResponse(text: "some", stopReason: .contentFilter).answer == "some")
    }

    @Test(arguments: [
        (ModelResponse.StopReason.length, "larger max_tokens"), (.contentFilter, "refused to answer"),
    ])
    func `Silence has its reason`(stopReason: ModelResponse.StopReason, word: String) throws {
        let error = #expect(throws: ModelError.self) { try ModelResponse(text: " \n", stopReason: stopReason).answer }
        #expect(error?.message.contains(word) == true && error?.isRetryable == false)
    }

    /// The figures are a provider's, or a script's.
    @Test func `Odd figures of tokens end no process`() {
        let metrics = EngineMetrics()
        for usage in [TokenUsage(input: .max, output: .max), TokenUsage(input: .max, output: -5), TokenUsage(input: .min, output: .min)] {
            metrics.modelAnswered(usage)
        }
        #expect(metrics.snapshot.usage == TokenUsage(input: .max, output: .max))
        #expect(TokenUsage.sum(.max, .max) == .max && TokenUsage.sum(-1, 2) == 2)
    }
}
