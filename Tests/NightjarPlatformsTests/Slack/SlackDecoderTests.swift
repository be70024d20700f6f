import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct SlackDecoderTests {
    private static let now = SlackFixture.now

    private func event(
        _ members: [String: JSONValue], _ options: [String: PlatformDefinition.Option] = [:], team: JSONValue = "T0TEAM"
    ) throws -> InboundMessage? {
        let base: [String: JSONValue] = [
            "type": "message", "channel": "C0OPS", "channel_type": "channel", "user": "U0ANN", "ts": "1700000000.000100", "text": "hello",
        ]
        let envelope: JSONValue = [
            "type": "event_callback", "team_id": team, "event": .object(base.merging(members) { $1 }),
            "authorizations": [["user_id": "U0BOT", "is_bot": true]],
        ]
        let request = StandInSlack.signed(envelope.text, contentType: "application/json", at: Self.now)
        switch try SlackFixture.decoder(options).read(request) {
        case .message(let message): return message
        case .nothing: return nil
        case let other:
            Issue.record("\(other)")
            return nil
        }
    }

    private let mention: [String: JSONValue] = ["type": "app_mention", "text": "<@U0BOT> /status abc", "channel_type": .null]

    @Test func `A mention is a message without the mention, in a thread of its own`() throws {
        let message = try #require(try event(mention))
        #expect(message.text == "/status abc")
        #expect(message.address == Address(platform: "slack", channel: "C0OPS", thread: "1700000000.000100", user: "U0ANN"))
        #expect(message.externalID == "1700000000.000100")
        #expect(message.replyRoute == #"{"team":"T0TEAM"}"#)
        #expect(message.receivedAt == Self.now)
    }

    @Test func `In a thread the answer goes there, also when threads are not wanted`() throws {
        let inThread = mention.merging(["thread_ts": "1600000000.000100"]) { $1 }
        #expect(try event(inThread)?.address.thread == "1600000000.000100")
        #expect(try event(inThread, ["reply_in_thread": .bool(false)])?.address.thread == "1600000000.000100")
        #expect(try event(mention, ["reply_in_thread": .bool(false)])?.address.thread == nil)
    }

    @Test func `A direct message needs no mention and no thread`() throws {
        let message = try #require(try event(["channel": "D0ANN", "channel_type": "im", "text": "a &lt; b"]))
        #expect(message.text == "a < b")
        #expect(message.address.thread == nil)
    }

    @Test func `The pair of a mention has one name`() throws {
        let text: [String: JSONValue] = ["text": "<@U0BOT> hi"]
        let pair = [try event(text), try event(text.merging(["type": "app_mention"]) { $1 })].compactMap { $0 }
        #expect(pair.count == 2)
        #expect(pair[0].externalID == pair[1].externalID && pair[0].address == pair[1].address && pair[0].text == pair[1].text)
    }

    @Test(
        arguments: [
            (["text": "between people"], [:], nil), (["text": "between people"], ["channel_messages": .bool(true)], "between people"),
            (["text": "!nj run agent x"], [:], "!nj run agent x"), (["text": " !NJ help"], [:], " !NJ help"), (["text": "!njord"], [:], nil),
            (["text": "!nj"], [:], "!nj"), (["text": "!nj help"], ["prefixes": .list([])], nil),
            (["text": "&amp;run"], ["prefixes": .list(["&"])], "&run"),
            (["text": "hey <@U0BOT|nightjar> you"], [:], "hey <@U0BOT> you"), (["text": "<@U0BOT>"], [:], "/help"),
            (["text": "<@U0BOT>", "files": [["id": "F1"]], "subtype": "file_share"], [:], nil),
            (["text": "<@U0BOT> look", "files": [["id": "F1"]], "subtype": "file_share"], [:], "look"),
            (["text": "", "channel": "D1", "channel_type": "im", "files": [["id": "F1"]], "subtype": "file_share"], [:], nil),
            (["text": "<@U0BOT> hi", "subtype": "thread_broadcast"], [:], "hi"), (["text": .null, "channel": "D1"], [:], nil),
        ] as [([String: JSONValue], [String: PlatformDefinition.Option], String?)])
    func `What is said to it is taken`(members: [String: JSONValue], options: [String: PlatformDefinition.Option], text: String?) throws {
        #expect(try event(members, options)?.text == text)
    }

    @Test(
        arguments: [
            ["bot_id": "B1"], ["subtype": "bot_message"], ["subtype": "message_changed"], ["subtype": "message_deleted"], ["subtype": "channel_join"],
            ["user": "U0BOT"], ["user": "USLACKBOT"], ["user": .null], ["edited": ["ts": "1.1"]], ["hidden": true], ["type": "reaction_added"],
            ["type": "channel_created", "channel": ["id": "C1"]], ["type": "user_change", "user": ["id": "U1"]],
            ["subtype": "me_message"], ["type": "app_home_opened"],
        ] as [[String: JSONValue]])
    func `Bots, edits, deletions and other events are no input`(members: [String: JSONValue]) throws {
        for channel in ["C0OPS", "D0ANN"] as [JSONValue] {
            #expect(try event(["text": "<@U0BOT> hi", "channel": channel].merging(members) { $1 }) == nil)
        }
    }

    @Test(
        arguments: [
            (["workspaces": .list(["T0TEAM"])], true), (["workspaces": .list(["T0*"])], true), (["workspaces": .list(["T1"])], false),
            (["channels": .list(["C0OPS"])], true), (["channels": .list(["C1"])], false), (["users": .list(["U0A*"])], true),
            (["users": .list(["U0BOB"])], false), (["users": .list(["U0ANN"]), "channels": .list(["C1"])], false),
        ] as [([String: PlatformDefinition.Option], Bool)])
    func `Who is not on the lists is not heard`(options: [String: PlatformDefinition.Option], isHeard: Bool) throws {
        #expect((try event(mention, options) != nil) == isHeard)
        #expect(try event(mention, ["workspaces": .list(["T0TEAM"])], team: .null) == nil)
        let command = SlackBadRequestTests.command.replacing("U1", with: "U0ANN").replacing("C1", with: "C0OPS").replacing("T1", with: "T0TEAM")
        let request = StandInSlack.signed(command, contentType: "application/x-www-form-urlencoded", at: Self.now)
        let reading = try SlackFixture.decoder(options).read(request)
        #expect(reading.isCommand == isHeard)
    }

    @Test func `A list may name a channel where Slack does, and no person`() throws {
        let command = SlackBadRequestTests.command + "&channel_name=ops&user_name=ann"
        let request = StandInSlack.signed(command, contentType: "application/x-www-form-urlencoded", at: Self.now)
        for (options, isHeard) in [
            (["channels": .list(["#ops"])], true), (["channels": .list(["#dev"])], false), (["users": .list(["ann"])], false),
        ] as [([String: PlatformDefinition.Option], Bool)] {
            let reading = try SlackFixture.decoder(options).read(request)
            #expect(reading.isCommand == isHeard)
        }
    }

    @Test(arguments: [
        ("/deploy", "shop --env=prod", "/deploy shop --env=prod"), ("/DEPLOY", " x ", "/deploy x "), ("/deploy", "", "/deploy"),
        ("/nj", "run agent x", "/run agent x"), ("/nightjar", "/status", "/status"), ("/nj", "", "/help"), ("/nj", "deploy &lt;x&gt;", "/deploy <x>"),
    ])
    func `A slash command is a command`(command: String, text: String, read: String) async throws {
        try await StandInSlack.withSlack { slack in
            let options: [String: PlatformDefinition.Option] = ["api_url": .string(slack.apiURL)]
            guard case .command(let message) = try SlackFixture.decoder(options).read(slack.command(command, text, at: Self.now)) else {
                Issue.record("no command")
                return
            }
            #expect(message.text == read)
            #expect(message.address == Address(platform: "slack", channel: "C0OPS", user: "U0ANN"))
            #expect(message.externalID?.hasSuffix(".trigger") == true)
            #expect(SlackRoute(message.replyRoute).responseURL?.hasPrefix(slack.provider.baseURL) == true)
        }
    }

    @Test func `Other commands may be the general ones`() throws {
        let request = StandInSlack.signed(
            SlackBadRequestTests.command.replacing("%2Fnj", with: "%2Fbot"), contentType: "application/x-www-form-urlencoded", at: Self.now)
        guard case .command(let message) = try SlackFixture.decoder(["commands": .list(["bot"])]).read(request) else {
            Issue.record("no command")
            return
        }
        #expect(message.text == "/help")
    }

    @Test func `An address that is not Slack's is forgotten`() throws {
        let body = SlackBadRequestTests.command + "&response_url=http%3A%2F%2F169.254.169.254%2F"
        let request = StandInSlack.signed(body, contentType: "application/x-www-form-urlencoded", at: Self.now)
        guard case .command(let message) = try SlackFixture.decoder().read(request) else {
            Issue.record("no command")
            return
        }
        #expect(SlackRoute(message.replyRoute).responseURL == nil)
    }

    @Test func `Handshakes are answered and tell of nothing`() throws {
        let json = StandInSlack.signed(#"{"type":"url_verification","challenge":"3eZb"}"#, contentType: "application/json", at: Self.now)
        guard case .challenge("3eZb") = try SlackFixture.decoder().read(json) else {
            Issue.record("no challenge")
            return
        }
    }

    @Test func `Whether somebody is there is asked without a signature`() async throws {
        try await SlackFixture.run { slack in
            let form = PlatformRequest(
                headers: [("content-type", "application/x-www-form-urlencoded")], body: Array("ssl_check=1&token=x".utf8), receivedAt: Self.now)
            let page = PlatformRequest(method: .get, query: [("ssl_check", "1")], headers: [], body: [], receivedAt: Self.now)
            for request in [form, page] {
                let reception = slack.platform.receive(request)
                #expect(reception.events == [] && reception.answer()?.status == 200)
            }
            let other = PlatformRequest(method: .get, query: [("ssl_check", "0")], headers: [], body: [], receivedAt: Self.now)
            #expect(slack.platform.receive(other).events == nil)
        }
    }

    @Test func `That Slack holds events back is noticed`() throws {
        let body = #"{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820}"#
        guard case .nothing(let since) = try SlackFixture.decoder().read(StandInSlack.signed(body, contentType: "application/json", at: Self.now))
        else {
            Issue.record("something")
            return
        }
        #expect(since == Timestamp(milliseconds: 1_518_467_820_000))
    }
}

extension SlackReading {
    fileprivate var isCommand: Bool {
        if case .command = self { true } else { false }
    }
}
