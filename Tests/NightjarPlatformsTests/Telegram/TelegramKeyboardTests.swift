import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct TelegramKeyboardTests {
    private func rows(_ choices: String...) -> [[JSONValue]] {
        let question = Question(text: "Which?", choices: choices)
        return TelegramKeyboard.markup(of: question)["inline_keyboard"]?.array?.map { $0.array ?? [] } ?? []
    }

    @Test func fewShortChoicesStandSideBySide() {
        #expect(rows("yes", "no").map(\.count) == [2])
        #expect(rows("yes", "no", "later", "never").map(\.count) == [1, 1, 1, 1])
        #expect(rows("deploy to production", "deploy to staging").map(\.count) == [1, 1])
    }

    @Test func whatAButtonCarriesIsTheChoiceAndFits() throws {
        let question = Question(text: "Which?", choices: ["a", " "])
        let buttons = TelegramKeyboard.markup(of: question)["inline_keyboard"]?.array?[0].array ?? []
        let address = Address(platform: "telegram", channel: "1", user: "2")
        let payloads = buttons.compactMap { $0["callback_data"]?.string }
        #expect(payloads.allSatisfy { $0.utf8.count <= 64 })
        #expect(payloads.map { QuestionChoice(payload: $0, address: address)?.index } == [0, 1])
        #expect(buttons.map { $0["text"] } == ["a", "2"])
    }
}
