import NightjarEngine
import Testing

@testable import NightjarModels

/// What compatible servers make of the protocol.
struct OpenAIToolCallsTests {
    private func assemble(_ pieces: [OpenAIChunk.CallPiece]) -> [ToolCall] {
        var calls = OpenAIToolCalls()
        for piece in pieces { calls.add(piece) }
        return calls.assembled(names: .none)
    }

    private func piece(_ index: Int?, _ id: String?, _ name: String?, _ arguments: String?) -> OpenAIChunk.CallPiece {
        OpenAIChunk.CallPiece(index: index, id: id, function: .init(name: name, arguments: arguments))
    }

    @Test func wholeCallsWithoutIndex() {
        #expect(
            assemble([piece(nil, "a", "one", "{}"), piece(nil, "b", "two", "{\"x\":1}")]) == [
                ToolCall(id: "a", name: "one", arguments: "{}"), ToolCall(id: "b", name: "two", arguments: "{\"x\":1}"),
            ])
    }

    @Test func everyCallHasIndexZero() {
        #expect(assemble([piece(0, "a", "one", "{}"), piece(0, "b", "two", "{}")]).map(\.id) == ["a", "b"])
    }

    @Test func idAndNameAreRepeatedInEveryPiece() {
        #expect(
            assemble([piece(0, "a", "one", "{\"x\""), piece(0, "a", "one", ":1}")]) == [
                ToolCall(id: "a", name: "one", arguments: "{\"x\":1}")
            ])
    }

    @Test func laterPiecesHaveNothingButArguments() {
        #expect(assemble([piece(nil, "a", "one", "{"), piece(nil, nil, nil, "}")]).map(\.arguments) == ["{}"])
        #expect(assemble([piece(0, "a", "one", "{"), piece(0, "", nil, "}")]).map(\.arguments) == ["{}"])
    }

    @Test func missingIdsAreMadeUpApart() {
        #expect(assemble([piece(0, nil, "one", ""), piece(1, nil, "two", "")]).map(\.id) == ["call_0", "call_1"])
    }

    @Test func noArgumentsAreAnEmptyObject() {
        #expect(assemble([piece(0, "a", "one", nil)]).map(\.arguments) == ["{}"])
    }
}
