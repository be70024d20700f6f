import InMemoryLogging
import Logging
import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

@Suite struct WhatsAppDecoderTests {
    private static let person = WhatsAppFixture.person

    private func events(
        _ changes: [String: PlatformDefinition.Option?] = [:], _ make: @Sendable (StandInWhatsApp) -> StandInWhatsApp.Notification
    ) async throws -> [PlatformEvent] {
        try await StandInWhatsApp.withStandIn { standIn in
            let reception = try WhatsAppFixture.receiver(.init(), changes).receive(make(standIn).request)
            #expect(reception.refusedStatus == nil)
            #expect(reception.answer(Array(repeating: .accepted, count: reception.events?.count ?? 0)) == PlatformAnswer())
            return reception.events ?? []
        }
    }

    private func text(_ content: [String: JSONValue]) async throws -> String? {
        try await events { $0.notify([$0.message(from: Self.person, content)]) }.first?.message?.text
    }

    @Test func textBecomesAMessage() async throws {
        let events = try await events { $0.says("/list agents", from: Self.person, id: "wamid.A") }
        let message = try #require(events.first?.message)
        #expect(events.count == 1)
        #expect(message.text == "/list agents")
        #expect(message.externalID == "wamid.A")
        #expect(message.address == Address(platform: "whatsapp", channel: Self.person, user: Self.person))
        #expect(WhatsAppRoute(message.replyRoute)?.message == "wamid.A")
        #expect(message.receivedAt == Timestamp(milliseconds: 1_749_416_383_000))
    }

    @Test func everyMessageOfABatchCounts() async throws {
        let events = try await events { standIn in
            let value: (String, [String]) -> JSONValue = { id, texts in
                let messages = texts.map { standIn.message(from: Self.person, ["type": "text", "text": ["body": .string($0)]]) }
                return [
                    "field": "messages",
                    "value": ["metadata": ["phone_number_id": .string(id)], "messages": .array(messages), "statuses": [["status": "sent"]]],
                ]
            }
            let own = standIn.account.phoneNumberID
            return standIn.signed([
                "object": "whatsapp_business_account",
                "entry": [
                    ["changes": [value(own, ["1", "2"]), value("999", ["another number's"])]],
                    ["changes": [["field": "account_update", "value": [:]], value(own, ["3"])]],
                ],
            ])
        }
        #expect(events.compactMap(\.message?.text) == ["1", "2", "3"])
    }

    @Test func oneOddMessageCostsNoOther() async throws {
        let events = try await events { standIn in
            var odd = standIn.message(from: Self.person, ["type": "text", "text": ["body": "odd"]]).object ?? [:]
            odd["from"] = nil
            return standIn.notify([.object(odd), standIn.message(from: Self.person, ["type": "text", "text": ["body": "good"]])])
        }
        #expect(events.compactMap(\.message?.text) == ["good"])
    }

    @Test func statusesAreNoInput() async throws {
        let statuses: [JSONValue] = ["sent", "delivered", "read", "failed"].map { ["id": "wamid.X", "status": $0, "recipient_id": "1"] }
        #expect(try await events { $0.notify([], statuses: statuses) }.isEmpty)
    }

    @Test func ownMessagesAreNoInput() async throws {
        #expect(try await events { $0.says("hi", from: $0.account.number) }.isEmpty)
        let echo: JSONValue = [
            "object": "whatsapp_business_account",
            "entry": [["changes": [["field": "smb_message_echoes", "value": ["message_echoes": [["from": "1", "id": "wamid.1"]]]]]]],
        ]
        #expect(try await events { $0.signed(echo) }.isEmpty)
    }

    @Test func otherProductsAreNoInput() async throws {
        #expect(try await events { $0.signed(["object": "page", "entry": []]) }.isEmpty)
    }

    @Test(
        arguments: [
            (["type": "image", "image": ["id": "1", "caption": "look"]], "look"),
            (["type": "video", "video": ["id": "1", "caption": "watch"]], "watch"),
            (["type": "document", "document": ["id": "1", "filename": "a.pdf", "caption": "read"]], "read"),
            (["type": "hologram", "hologram": ["caption": "new"]], "new"),
            (["type": "image", "image": ["id": "1"]], ""), (["type": "audio", "audio": ["id": "1", "voice": true]], ""),
            (["type": "image", "image": ["id": "../x"]], nil), (["type": "image", "image": [:]], nil),
            (["type": "sticker", "sticker": ["id": "1"]], nil), (["type": "location", "location": ["latitude": 1]], nil),
            (["type": "contacts", "contacts": [["name": "x"]]], nil), (["type": "reaction", "reaction": ["emoji": "x"]], nil),
            (["type": "unsupported", "errors": [["code": 131_051]]], nil), (["type": "system", "system": ["body": "moved"]], nil),
            (["type": "edit", "edit": ["original_message_id": "wamid.1", "message": ["type": "text", "text": ["body": "x"]]]], nil),
            (["type": "revoke", "revoke": ["original_message_id": "wamid.1"]], nil),
            (["type": "text", "text": ["body": "  \n"]], nil), (["type": "text", "text": ["body": "a\0b"]], "ab"),
            (["type": "interactive", "interactive": ["type": "nfm_reply", "nfm_reply": ["response_json": "{}"]]], nil),
            (["type": "interactive", "interactive": ["type": "button_reply", "button_reply": ["id": "mine", "title": "Go"]]], "Go"),
            (["type": "interactive", "interactive": ["type": "list_reply", "list_reply": ["id": "row", "title": "Row 1"]]], "Row 1"),
            (["type": "button", "button": ["payload": "mine", "text": "Stop"]], "Stop"),
        ] as [([String: JSONValue], String?)])
    func whatIsSaidIsTheText(content: [String: JSONValue], expected: String?) async throws {
        #expect(try await text(content) == expected)
    }

    @Test(
        arguments: [
            ["type": "interactive", "interactive": ["type": "button_reply", "button_reply": ["id": "nj:q1:2", "title": "No"]]],
            ["type": "interactive", "interactive": ["type": "list_reply", "list_reply": ["id": "nj:q1:2", "title": "No"]]],
            ["type": "button", "button": ["payload": "nj:q1:2", "text": "No"]],
        ] as [[String: JSONValue]])
    func questionsButtonIsAChoice(content: [String: JSONValue]) async throws {
        let address = Address(platform: "whatsapp", channel: Self.person, user: Self.person)
        let events = try await events { $0.notify([$0.message(from: Self.person, content)]) }
        #expect(events == [.choice(QuestionChoice(question: "q1", index: 2, address: address))])
    }

    @Test func personWithoutANumberIsTheirUserID() async throws {
        let message: JSONValue = ["id": "wamid.1", "type": "text", "from_user_id": "US.13491208655302741918", "text": ["body": "hi"]]
        let address = try await events { $0.notify([message]) }.first?.message?.address
        #expect(address == Address(platform: "whatsapp", channel: "US.13491208655302741918", user: "US.13491208655302741918"))
    }

    @Test func groupIsTheChannelAndTheMentionGoes() async throws {
        let events = try await events { standIn in
            let said = ["@15550783881 status", "@155507838811 status", "@15550783881"]
            return standIn.notify(said.map { standIn.message(from: Self.person, ["group_id": "G1", "type": "text", "text": ["body": .string($0)]]) })
        }
        #expect(events.compactMap(\.message?.text) == ["status", "@155507838811 status"])
        #expect(events.first?.message?.address == Address(platform: "whatsapp", channel: "G1", user: Self.person))
    }

    @Test(
        arguments: [
            (["users": .list(["16505551234"])], 1), (["users": .list(["+16505551234"])], 1), (["users": .list(["1650*"])], 1),
            (["users": .list(["16505550000"])], 0), (["channels": .list(["+16505551234"])], 1), (["channels": .list(["G1"])], 0),
        ] as [([String: PlatformDefinition.Option], Int)])
    func onlyThoseOnTheListsAreHeard(changes: [String: PlatformDefinition.Option], count: Int) async throws {
        #expect(try await events(changes.mapValues { $0 }) { $0.says("hi", from: Self.person) }.count == count)
    }

    @Test func failedStatusIsExplainedInTheLog() async throws {
        try await WhatsAppFixture.run { fixture in
            let status: JSONValue = [
                "id": "wamid.X", "status": "failed", "recipient_id": .string(Self.person), "errors": [["code": 131_047, "title": "Re-engagement"]],
            ]
            let reception = fixture.platform.receive(fixture.standIn.notify([], statuses: [status, ["status": 7], "x"]).request)
            // What cannot be stored comes again, and is heeded then.
            #expect(fixture.log.entries.isEmpty)
            _ = reception.answer()
            let line = try #require(fixture.log.entries.first)
            #expect(fixture.log.entries.count == 1)
            #expect(line.level == .error)
            #expect(line.metadata["error"]?.description.contains("24 hours") == true)
            #expect(line.metadata["message.id"]?.description == "wamid.X")
        }
    }
}
