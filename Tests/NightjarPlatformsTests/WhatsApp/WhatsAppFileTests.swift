import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

@Suite struct WhatsAppFileTests {
    private static let note = "(WhatsApp takes no files like all.zip.)"

    private func message(_ file: OutboundFile, _ comment: String) -> OutboundMessage {
        let address = Address(platform: "whatsapp", channel: WhatsAppFixture.person, user: WhatsAppFixture.person)
        let entry = OutboxEntry(address: address, content: .file(file, comment: comment), createdAt: Timestamp(milliseconds: 0))
        return OutboundMessage(entry, rendered: .text(comment))
    }

    /// WhatsApp knows few types.
    @Test(arguments: ["report.csv", "notes.md", "data.json", "page.html", "odd.xyz"])
    func `Text of any kind arrives as text, under its name`(name: String) async throws {
        try await WhatsAppFixture.run { fixture in
            _ = try await fixture.platform.deliver(message(OutboundFile(name: name, content: Array("a,ä".utf8)), "here"))
            let sent = try #require(fixture.standIn.messages.last)
            #expect(sent.file == StandInFile(name: name, type: "text/plain", content: "a,ä") && sent.text == "here")
        }
    }

    @Test func `What is said with a file that cannot be sent is said`() async throws {
        try await WhatsAppFixture.run { fixture in
            _ = try await fixture.platform.deliver(message(OutboundFile(name: "all.zip", content: [0x50, 0x4B, 0, 0]), "here"))
            #expect(fixture.standIn.messages.map(\.text) == ["here\n\(Self.note)"])
        }
    }

    @Test func `A comment that leaves no room for the note goes before it, once`() async throws {
        let comment = String(repeating: "x", count: WhatsAppLimits.bodyLengthMax - Self.note.utf16.count)
        let message = message(OutboundFile(name: "all.zip", content: [0x50, 0x4B, 0, 0]), comment)
        try await WhatsAppFixture.run(clock: LeapingClock().engineClock) { fixture in
            fixture.standIn.limit(1, for: WhatsAppFixture.person)
            #expect(await fixture.failure(of: message)?.isRetryable == true)
            #expect(fixture.standIn.messages.map(\.text) == [comment])
            fixture.standIn.limit(nil, for: WhatsAppFixture.person)
            _ = try await fixture.platform.deliver(message)
            #expect(fixture.standIn.messages.map(\.text) == [comment, Self.note])
        }
    }
}
