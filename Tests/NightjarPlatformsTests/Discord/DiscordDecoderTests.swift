import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct DiscordDecoderTests {
    private func read(
        _ changes: [String: PlatformDefinition.Option?] = [:], _ make: (StandInDiscord) -> StandInDiscord.Interaction
    ) async throws -> PlatformReception {
        try await StandInDiscord.withDiscord { try DiscordFixture.receiver(changes).receive(make($0).request) }
    }

    @Test func `A slash command is text as everywhere else`() async throws {
        let reception = try await read { $0.command("run", #"agent helper "two words" --x=1"#, at: DiscordFixture.now) }
        let message = try #require(reception.events?.first?.message)
        #expect(message.text == #"/run agent helper "two words" --x=1"#)
        #expect(message.address == Address(platform: "discord", channel: DiscordFixture.channel, user: DiscordFixture.person))
        #expect(message.externalID?.isEmpty == false)
        #expect(DiscordRoute(message.replyRoute).token(at: DiscordFixture.now)?.hasPrefix("token-of-") == true)
        #expect(DiscordRoute(message.replyRoute).token(at: DiscordFixture.now + .seconds(900)) == nil)
        #expect(reception.answer([.accepted])?.body == #"{"type":5}"#)
        #expect(reception.answer([.accepted])?.contentType == "application/json")
    }

    @Test(
        arguments: [
            ["workspaces": .list(["999"])], ["channels": .list(["999"])], ["users": .list(["someone"])],
        ] as [[String: PlatformDefinition.Option?]])
    func `Who is not on the list hears so alone, and nothing is stored`(changes: [String: PlatformDefinition.Option?])
        async throws
    {
        let reception = try await read(changes) { $0.command("ping", at: DiscordFixture.now) }
        #expect(reception.events == [])
        let answer = try JSONValue(parsing: reception.answer()?.body ?? "")
        #expect(answer["type"] == 4 && answer["data"]?["flags"] == 64)
    }

    /// Names are anybody's to choose, and may be an id that is on the list.
    @Test(arguments: [["users": .list(["123"])], ["channels": .list(["123"])]] as [[String: PlatformDefinition.Option]])
    func `A list of ids is not matched by names`(changes: [String: PlatformDefinition.Option]) throws {
        let options = try DiscordOptions(DiscordFixture.definition(changes.mapValues { $0 }))
        let body = #"""
            {"type":2,"id":"1","channel_id":"2","channel":{"id":"2","name":"123"},"token":"t","data":{"name":"x"},
            "user":{"id":"7","username":"123"}}
            """#
        let reading = try DiscordDecoder(options: options).readInteraction(Array(body.utf8), receivedAt: DiscordFixture.now)
        #expect(reading.events.isEmpty)
        let said = #"{"id":"1","channel_id":"2","author":{"id":"7","username":"123"},"content":"hi"}"#
        #expect(try DiscordDecoder(options: options).readMessage(Array(said.utf8), bot: nil, receivedAt: DiscordFixture.now) == nil)
    }

    @Test func `A press is a choice, and its outcome is shown in place`() async throws {
        try await DiscordFixture.run { fixture in
            let question = Question(text: "Sure?", choices: ["Yes", "No"])
            _ = try await fixture.platform.deliver(DiscordFixture.message("Sure?", question: question))
            let asked = try #require(fixture.discord.answers.last)
            let reception = fixture.platform.receive(fixture.discord.press(1, of: asked, at: DiscordFixture.now).request)
            guard case .choice(let choice) = reception.events?.first else {
                Issue.record("no choice")
                return
            }
            #expect(choice.question == question.id && choice.index == 1 && choice.address.user == DiscordFixture.person)
            let chosen = try JSONValue(parsing: reception.answer([.chosen("No")])?.body ?? "")
            #expect(chosen["type"] == 7 && chosen["data"]?["components"] == [] && chosen["data"]?["content"] == "Sure?\n✓ No")
            let refused = try JSONValue(parsing: reception.answer([.refused("too late")])?.body ?? "")
            #expect(refused["type"] == 4 && refused["data"]?["flags"] == 64 && refused["data"]?["content"] == "too late")
        }
    }

    @Test(arguments: [
        (#"{"type":1}"#, #"{"type":1}"#), (#"{"type":4}"#, #"{"data":{"choices":[]},"type":8}"#),
        (#"{"type":5}"#, #"{"type":6}"#),
        (#"{"type":99}"#, #"{"type":6}"#),
        (#"{"type":3,"id":"1","channel_id":"2","data":{"custom_id":"of another app"},"user":{"id":"3"}}"#, #"{"type":6}"#),
    ])
    func `What is nothing for the engine is answered`(body: String, answer: String) throws {
        let reception = try DiscordFixture.receiver().receive(StandInDiscord.signed(body, at: DiscordFixture.now))
        #expect(reception.events == [])
        #expect(reception.answer()?.body == answer)
    }

    @Test(
        arguments: [
            (["application_id": nil], "application_id"), (["application_id": .string("x")], "application_id"),
            (["bot_token": nil], "bot_token"),
            (["bot_token": .secret(Secret("Bot x"))], "bot_token"), (["public_key": nil], "public_key"),
            (["public_key": .string("zz")], "public_key"),
            (["public_key": .string("d75a98")], "public_key"), (["api_url": .string("discord.com")], "api_url"),
        ] as [([String: PlatformDefinition.Option?], String)])
    func `Mistakes in the declaration are named`(changes: [String: PlatformDefinition.Option?], word: String) {
        #expect(PlatformFactory.problem(with: DiscordFixture.definition(changes))?.contains(word) == true)
    }

    @Test func `Commands are listed as Discord takes them`() throws {
        let list = DiscordCommandList([
            PlatformCommand(
                name: "deploy-all", description: "Deploys\n everything " + String(repeating: "x", count: 200),
                usage: "deploy-all"),
            PlatformCommand(name: "run", description: "", usage: "run agent NAME"),
            PlatformCommand(name: "Big", description: "x", usage: "Big"),
        ])
        #expect(list.entries.compactMap { $0["name"]?.string } == ["deploy-all", "run"])
        #expect(list.entries[0]["description"]?.string?.count == 100 && list.entries[1]["description"] == "/run agent NAME")
        #expect(list.leftOut == ["Big"])
    }
}
