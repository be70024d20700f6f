import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

@Suite struct WhatsAppNoticeTests {
    @Test func pressThatDoesNotCountIsAnsweredInWords() async throws {
        try await WhatsAppFixture.run { fixture in
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await fixture.platform.deliver(WhatsAppFixture.question("Deploy?", ["Yes", "No"]))
                let message = try #require(fixture.standIn.messages.first)
                let reception = fixture.platform.receive(
                    fixture.standIn.press(message.buttons[0], of: message, from: WhatsAppFixture.person).request)
                #expect(reception.answer([.refused("this question is closed")])?.status == 200)
                #expect(reception.answer([.chosen("Yes")])?.status == 200)
                group.addTask {
                    await fixture.platform.sendNotices()
                }
                try await fixture.standIn.provider.wait { $0.completedResponses == 2 }
                #expect(fixture.standIn.messages.map(\.text) == ["Deploy?", "this question is closed"])
                #expect(fixture.standIn.messages[1].recipient == WhatsAppFixture.person)
                group.cancelAll()
            }
        }
    }
}
