import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct TelegramDecoderTests {
    private func read(
        _ update: String, username: String? = "nightjar_bot", allowing options: [String: PlatformDefinition.Option] = [:]
    ) throws -> TelegramIntake {
        let allowed = PlatformAllowList(PlatformDefinition(name: "telegram", options: options))
        return TelegramDecoder(allowed: allowed).read(
            try TelegramUpdate(parsing: Array(update.utf8)), username: username, at: Timestamp(milliseconds: 5))
    }

    /// - Parameter more: further members of the message, with a comma after each.
    private func update(
        _ more: String = "", text: String? = "hello", chat: String = #"{"id":-100,"type":"supergroup","username":"Ops_Room"}"#,
        from: String = #"{"id":7,"is_bot":false,"username":"Ann_L"}"#
    ) -> String {
        let said = text.map { #","text":"\#($0)""# } ?? ""
        return #"{"update_id":55,"message":{\#(more)"message_id":9,"date":1,"chat":\#(chat),"from":\#(from)\#(said)}}"#
    }

    @Test func aMessageIsReadWhole() throws {
        guard case .message(let message) = try read(update(text: "@nightjar_bot /run agent x")) else {
            Issue.record("it is no message")
            return
        }
        #expect(message.address == Address(platform: "telegram", channel: "-100", user: "7"))
        #expect(message.externalID == "update:55")
        #expect(message.text == "/run agent x")
        #expect(TelegramRoute(message.replyRoute) == TelegramRoute(message: 9))
        #expect(message.receivedAt == Timestamp(milliseconds: 5))
    }

    @Test(
        arguments: [
            (#""message_thread_id":4,"is_topic_message":true,"#, "4"), (#""message_thread_id":4,"#, nil),
            (#""message_thread_id":4,"is_topic_message":false,"#, nil),
        ] as [(String, String?)])
    func onlyAForumsTopicIsAThread(more: String, thread: String?) throws {
        guard case .message(let message) = try read(update(more)) else {
            Issue.record("it is no message")
            return
        }
        #expect(message.address.thread == thread)
    }

    @Test func aPhotoAloneIsAMessageWithItsLargestSize() throws {
        guard case .message(let message) = try read(update(#""photo":[{"file_id":"s"},{"file_id":"l","file_size":9}],"#, text: nil)) else {
            Issue.record("it is no message")
            return
        }
        #expect(message.text.isEmpty)
        #expect(message.files == [MessageFile(name: "image.jpeg", type: "image/jpeg", size: 9, reference: "l")])
    }

    @Test func theTextBesideAPhotoCounts() throws {
        guard case .message(let message) = try read(update(#""photo":[{"file_id":"x"}],"caption":"/look","#, text: nil)) else {
            Issue.record("it is no message")
            return
        }
        #expect(message.text == "/look")
    }

    @Test func zerosAreLeftOut() throws {
        guard case .message(let message) = try read(update(text: #"a\u0000b"#)) else {
            Issue.record("it is no message")
            return
        }
        #expect(message.text == "ab")
    }

    @Test(arguments: [
        #"{"update_id":1}"#, #"{"update_id":1,"edited_message":{"message_id":1,"text":"x"}}"#,
        #"{"update_id":1,"channel_post":{"message_id":1,"chat":{"id":-1},"text":"x"}}"#, #"{"update_id":1,"poll":{"id":"5"}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":-1},"text":"x"}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":-1},"from":{"id":2,"is_bot":true},"text":"x"}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":-1},"from":{"id":2},"sender_chat":{"id":-1},"text":"x"}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"from":{"id":2},"via_bot":{"id":3,"is_bot":true},"text":"x"}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"from":{"id":2},"new_chat_members":[{"id":5}]}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"from":{"id":2},"text":" \n "}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"from":{"id":2},"text":"@nightjar_bot"}}"#,
        #"{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"from":{"id":2},"text":"/run@other_bot x"}}"#,
    ])
    func whatIsNoPersonsMessageIsNoInput(update: String) throws {
        #expect(try read(update) == .nothing)
    }

    @Test(
        arguments: [
            (["users": .list(["7"])], true), (["users": .list(["8", "@ann_l"])], true), (["users": .list(["@Ann_L"])], true),
            (["users": .list(["8"])], false), (["users": .list(["ann_l"])], false), (["channels": .list(["-100"])], true),
            (["channels": .list(["@ops_room"])], true), (["channels": .list(["-1*"])], true), (["channels": .list(["-2*"])], false),
            (["channels": .list(["-100"]), "users": .list(["8"])], false),
        ] as [([String: PlatformDefinition.Option], Bool)])
    func strangersAreNotHeard(options: [String: PlatformDefinition.Option], isHeard: Bool) throws {
        let intake = try read(update(), allowing: options)
        if case .message = intake { #expect(isHeard) } else { #expect(!isHeard) }
        let press = #"""
            {"update_id":1,"callback_query":{"id":"c","from":{"id":7,"username":"Ann_L"},"data":"nj:q:0",
            "message":{"message_id":2,"chat":{"id":-100,"username":"Ops_Room"}}}}
            """#
        if case .choice = try read(press, allowing: options) { #expect(isHeard) } else { #expect(!isHeard) }
    }
}
