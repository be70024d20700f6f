import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Files that cannot be had.
@Suite struct FileReadingTests {
    private func failure(_ read: () async throws -> [UInt8]) async -> String {
        do {
            return "read \(try await read().count) bytes"
        } catch {
            return "\(error)"
        }
    }

    @Test func `Slack's page for who may not read is no file, and another host is not asked`() async throws {
        try await SlackFixture.run { slack in
            let url = slack.slack.provider.baseURL
            let page = MessageFile(name: "a.txt", type: "text/plain", size: 3, reference: url + "/files-pri/none")
            #expect(await failure { try await slack.platform.read(page) }.contains("404"))
            let elsewhere = MessageFile(name: "a", type: "text/plain", size: 3, reference: "https://evil.example/a")
            #expect(await failure { try await slack.platform.read(elsewhere) }.contains("not kept by Slack"))
        }
    }

    @Test func `Discord's attachments come from Discord`() async throws {
        try await DiscordFixture.run { fixture in
            let elsewhere = MessageFile(name: "a", type: "text/plain", size: 3, reference: "https://evil.example/a")
            #expect(await failure { try await fixture.platform.read(elsewhere) }.contains("not kept by Discord"))
        }
    }

    @Test func `A file that WhatsApp does not have any more is explained`() async throws {
        try await WhatsAppFixture.run { fixture in
            let gone = MessageFile(name: "a", type: "text/plain", size: nil, reference: "404404")
            #expect(await failure { try await fixture.platform.read(gone) }.contains("WhatsApp"))
        }
    }
}
