import NightjarEngine
@testable import NightjarPlatforms
import Testing

@Suite struct WhatsAppContentTests {
    private static let title20 = "exactly twenty chars"

    private func bodies(_ message: OutboundMessage) -> [JSONValue] { WhatsAppContent.bodies(of: message) }

    private func texts(_ message: OutboundMessage) -> [String?] {
        bodies(message).map { $0["text"]?["body"]?.string ?? $0["interactive"]?["body"]?["text"]?.string }
    }

    @Test func textIsSentAsItIs() {
        let expected: JSONValue = [
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": .string(WhatsAppFixture.person), "type": "text",
            "text": ["preview_url": false, "body": "*hi* https://example.com"], "context": ["message_id": "wamid.1"],
        ]
        #expect(bodies(WhatsAppFixture.message(.text("*hi* https://example.com"), quoting: "wamid.1")) == [expected])
    }

    @Test func onlyTheFirstPartQuotes() {
        let rendered = RenderedMessage.parts(["one", "two"])
        #expect(bodies(WhatsAppFixture.message(rendered, quoting: "wamid.1", part: 0))[0]["context"] != nil)
        #expect(bodies(WhatsAppFixture.message(rendered, quoting: "wamid.1", part: 1))[0]["context"] == nil)
    }

    @Test func choicesAreButtons() {
        let content = bodies(WhatsAppFixture.question("Deploy?", ["Yes", Self.title20, "👩‍👩‍👧"], quoting: "wamid.1"))
        let buttons: [JSONValue] = [
            ["type": "reply", "reply": ["id": "nj:q1:0", "title": "Yes"]],
            ["type": "reply", "reply": ["id": "nj:q1:1", "title": .string(Self.title20)]],
            ["type": "reply", "reply": ["id": "nj:q1:2", "title": "👩‍👩‍👧"]],
        ]
        #expect(content.count == 1)
        #expect(content[0]["interactive"] == ["type": "button", "body": ["text": "Deploy?"], "action": ["buttons": .array(buttons)]])
        #expect(content[0]["context"] == ["message_id": "wamid.1"])
    }

    @Test(arguments: [
        ["Yes", "exactly twenty chars!"], ["Yes", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"], ["Yes", "Yes"], ["Yes", " "], ["Yes", ""], ["Yes", "No\nway"],
    ])
    func choicesThatAreNoButtonsAreNumbered(choices: [String]) {
        let message = WhatsAppFixture.question("Deploy?", choices)
        #expect(texts(message) == ["Deploy?\n\n1. \(choices[0])\n2. \(choices[1])\n\nAnswer with a number."])
        #expect(bodies(message)[0]["type"] == "text")
    }

    @Test func tooManyChoicesAreNotThisPlatformsToShow() {
        // The engine has numbered them already.
        #expect(texts(WhatsAppFixture.question("Deploy?\n\n1. a\n2. b", ["a", "b", "c", "d"])) == ["Deploy?\n\n1. a\n2. b"])
    }

    @Test(arguments: [(1024, 1), (1025, 2)])
    func longQuestionGoesAheadOfItsButtons(length: Int, count: Int) {
        let text = String(repeating: "x", count: length)
        let message = WhatsAppFixture.question(text, ["Yes", "No"], quoting: "wamid.1")
        #expect(texts(message) == (count == 1 ? [text] : [text, WhatsAppContent.shortQuestion]))
        #expect(bodies(message).map { $0["type"] } == (count == 1 ? ["interactive"] : ["text", "interactive"]))
        #expect(bodies(message).map { $0["context"] != nil } == (count == 1 ? [true] : [true, false]))
    }

    @Test func numbersThatDoNotFitComeAfterwards() {
        let text = String(repeating: "x", count: 4090)
        #expect(texts(WhatsAppFixture.question(text, ["the first of two choices", "b"])).count == 2)
    }

    @Test func formattersTableIsAddressed() {
        let payload: JSONValue = [
            "type": "template", "template": ["name": "hello", "language": ["code": "en"]], "to": "somebody else", "recipient": "US.1",
            "messaging_product": "none", "recipient_type": "group",
        ]
        let expected: JSONValue = [
            "type": "template", "template": ["name": "hello", "language": ["code": "en"]], "to": .string(WhatsAppFixture.person),
            "messaging_product": "whatsapp", "recipient_type": "individual", "context": ["message_id": "wamid.1"],
        ]
        #expect(bodies(WhatsAppFixture.message(.payload(payload), quoting: "wamid.1")) == [expected])
    }

    @Test func formattersOwnQuoteStays() {
        let payload: JSONValue = ["type": "text", "text": ["body": "x"], "context": ["message_id": "wamid.9"]]
        #expect(bodies(WhatsAppFixture.message(.payload(payload), quoting: "wamid.1"))[0]["context"] == ["message_id": "wamid.9"])
    }

    @Test(arguments: [
        ("16505551234", WhatsAppRecipient.number("16505551234")), ("+1 (650) 555-1234", .number("16505551234")),
        ("US.13491208655302741918", .user("US.13491208655302741918")), ("US.ENT.118157", .user("US.ENT.118157")),
        ("Y2FwaV9ncm91cDox", .group("Y2FwaV9ncm91cDox")), ("-", .group("-")), ("USA.1", .group("USA.1")),
    ])
    func channelsNameIsARecipient(channel: String, recipient: WhatsAppRecipient) {
        #expect(WhatsAppRecipient(channel: channel) == recipient)
    }

    @Test func recipientsAreAddressedDifferently() {
        #expect(WhatsAppRecipient.user("US.1").members == ["recipient_type": "individual", "recipient": "US.1"])
        #expect(WhatsAppRecipient.group("G").members == ["recipient_type": "group", "to": "G"])
    }
}
