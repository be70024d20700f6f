import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct TelegramCommandListTests {
    private func list(_ commands: (String, String)...) -> TelegramCommandList {
        TelegramCommandList(commands.map { PlatformCommand(name: $0.0, description: $0.1, usage: "\($0.0) NAME") })
    }

    @Test func namesThatTelegramCannotShowAreLeftOut() {
        let long = String(repeating: "a", count: 33)
        let list = list(("run", "Runs"), ("deploy-prod", "x"), ("Deploy", "x"), ("größe", "x"), ("", "x"), (long, "x"), ("a_1", "y"))
        #expect(list.entries.map { $0["command"] } == ["run", "a_1"])
        #expect(list.leftOut == ["deploy-prod", "Deploy", "größe", "", long])
    }

    @Test func aDescriptionIsAlwaysThere() {
        let list = list(("a", ""), ("b", " Does\n  it "), ("c", String(repeating: "x", count: 300)))
        #expect(list.entries[0]["description"] == "/a NAME")
        #expect(list.entries[1]["description"] == "Does it")
        #expect(list.entries[2]["description"]?.string?.count == 256)
    }

    @Test func thereAreNoMoreThanTelegramTakes() {
        let list = TelegramCommandList((0..<120).map { PlatformCommand(name: "c\($0)", description: "d", usage: "") })
        #expect(list.entries.count == 100)
        #expect(list.leftOut == (100..<120).map { "c\($0)" })
    }
}
