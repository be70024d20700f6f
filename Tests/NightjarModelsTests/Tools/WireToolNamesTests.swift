import NightjarEngine
import Testing

@testable import NightjarModels

struct WireToolNamesTests {
    private func names(_ names: String...) -> WireToolNames {
        WireToolNames(
            ModelRequest(messages: [], tools: names.map { ToolDescription(name: $0, description: "", parameters: [:]) }))
    }

    @Test(arguments: ["pods", "mcp:git/log", "größe", "🦉", "", String(repeating: "x", count: 200)])
    func permittedAndBack(_ name: String) {
        let names = names(name)
        let wire = names.wire(name)
        #expect((1...64).contains(wire.count))
        #expect(wire.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_") })
        #expect(names.name(wire: wire) == name)
    }

    @Test func namesThatWouldMeetStayApart() {
        let names = names("a:b", "a/b", "a_b")
        #expect(names.wire("a_b") == "a_b")
        #expect(names.wire("a/b") == "a_b_2")
        #expect(names.wire("a:b") == "a_b_3")
        #expect(["a_b", "a_b_2", "a_b_3"].map(names.name) == ["a_b", "a/b", "a:b"])
    }

    @Test func longNamesThatWouldMeetStayWithinTheLimit() {
        let long = String(repeating: "x", count: 64)
        let names = names(long + "1", long + "2")
        #expect(names.wire(long + "1") == long)
        #expect(names.wire(long + "2").count == 64)
        #expect(names.name(wire: names.wire(long + "2")) == long + "2")
    }

    @Test func calledToolsThatAreGoneAreTranslatedToo() {
        let call = ToolCall(id: "1", name: "gone:tool", arguments: "{}")
        let names = WireToolNames(ModelRequest(messages: [.assistant(text: "", toolCalls: [call])]))
        #expect(names.wire("gone:tool") == "gone_tool")
        #expect(names.name(wire: "gone_tool") == "gone:tool")
    }

    @Test func inventedNamesComeBackAsTheyAre() {
        #expect(names("pods").name(wire: "nodes") == "nodes")
    }

    @Test func argumentsThatAreNoObjectAreWrapped() {
        #expect(WireToolArguments.object("{\"a\":1}") == ["a": 1])
        #expect(WireToolArguments.object("{\"a\":") == ["invalid_arguments": "{\"a\":"])
        #expect(WireToolArguments.object("[1]") == ["invalid_arguments": "[1]"])
    }
}
