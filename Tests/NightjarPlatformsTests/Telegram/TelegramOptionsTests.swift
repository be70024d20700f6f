import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct TelegramOptionsTests {
    private func problem(_ options: [String: PlatformDefinition.Option]) -> String? {
        PlatformFactory.problem(with: PlatformDefinition(name: "telegram", options: options))
    }

    @Test func aTokenIsEnoughForPolling() throws {
        #expect(problem(["bot_token": .secret(Secret("123:abc-DEF_1"))]) == nil)
        let options = try TelegramOptions.sample()
        #expect(options.mode == .polling)
        #expect(options.apiURL == "https://api.telegram.org")
        #expect(options.showsDrafts)
        #expect(!options.usesNativeDrafts)
    }

    /// `nightjar check` on a machine without secrets.
    @Test func thePlaceholderOfAMissingSecretIsTaken() {
        #expect(
            problem([
                "bot_token": .secret(Secret("missing-TELEGRAM_BOT_TOKEN")), "mode": .string("webhook"),
                "secret_token": .secret(Secret("missing-TELEGRAM_SECRET")),
            ]) == nil)
    }

    @Test func aSlashAtTheEndOfTheAddressIsNoMatter() throws {
        #expect(try TelegramOptions.sample(["api_url": .string("http://localhost:8081//")]).apiURL == "http://localhost:8081")
    }

    @Test(
        arguments: [
            ([:], "bot_token is empty"),
            (["bot_token": .secret(Secret(""))], "bot_token is empty"),
            (["bot_token": .secret(Secret("123:abc\n"))], "a space or another character"),
            (["bot_token": .secret(Secret("123:abc/../x"))], "a space or another character"),
            (["bot_token": .secret(Secret("1:a")), "mode": .string("webhook")], "needs a secret_token"),
            (["bot_token": .secret(Secret("1:a")), "secret_token": .secret(Secret(""))], "only 1 to 256 letters"),
            (["bot_token": .secret(Secret("1:a")), "secret_token": .secret(Secret("a b"))], "only 1 to 256 letters"),
            (
                ["bot_token": .secret(Secret("1:a")), "secret_token": .secret(Secret(String(repeating: "a", count: 257)))],
                "only 1 to 256 letters"
            ),
            (["bot_token": .secret(Secret("1:a")), "api_url": .string("api.telegram.org")], "api_url must be like"),
            (["bot_token": .secret(Secret("1:a")), "api_url": .string("https://")], "api_url must be like"),
            (["bot_token": .secret(Secret("1:a")), "public_url": .string("https://b.example.com/t")], "with polling"),
            (
                [
                    "bot_token": .secret(Secret("1:a")), "mode": .string("webhook"), "secret_token": .secret(Secret("s")),
                    "public_url": .string("http://b.example.com/t"),
                ], "must be like \"https://"
            ),
        ] as [([String: PlatformDefinition.Option], String)])
    func whatIsWrongIsSaid(options: [String: PlatformDefinition.Option], words: String) throws {
        let said = try #require(problem(options))
        #expect(said.contains(words), "\(said)")
        #expect(!said.contains("abc"), "a secret is shown")
    }

    @Test func aServerOfOnesOwnMayUsePlainHTTP() {
        #expect(
            problem([
                "bot_token": .secret(Secret("1:a")), "mode": .string("webhook"), "secret_token": .secret(Secret("s")),
                "public_url": .string("http://10.0.0.1/webhooks/telegram"), "api_url": .string("http://10.0.0.2:8081"),
            ]) == nil)
    }
}
