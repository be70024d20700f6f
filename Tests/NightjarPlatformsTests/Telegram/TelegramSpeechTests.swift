import Testing

@testable import NightjarPlatforms

@Suite struct TelegramSpeechTests {
    @Test(arguments: [
        ("hello", "hello"), ("/run agent x", "/run agent x"), ("/run@MyBot agent x", "/run agent x"), ("/run@mybot", "/run"),
        ("@mybot hello", "hello"), ("@MyBot, hello", "hello"), ("@mybot: /run@mybot agent x", "/run agent x"), ("@mybot", ""),
        ("@bob hello", "@bob hello"), ("@mybotter hello", "@mybotter hello"), ("  /list\n", "/list\n"),
        ("mail@mybot.org", "mail@mybot.org"), ("/ @mybot", "/ @mybot"), ("/@mybot", "/@mybot"),
        ("/run agent x@mybot", "/run agent x@mybot"),
        ("hello @mybot", "hello @mybot"), ("/run@", "/run@"), ("", ""),
    ])
    func theBotsNameIsNoPartOfWhatIsSaid(text: String, said: String) {
        #expect(TelegramSpeech(text, username: "mybot") == .said(said))
    }

    @Test(arguments: ["/run@otherbot agent x", "/run@mybot2 x", "@mybot /run@otherbot x"])
    func aCommandForAnotherBotIsNotForThis(text: String) {
        #expect(TelegramSpeech(text, username: "mybot") == .forAnother)
    }

    @Test(arguments: ["/run@mybot x", "@mybot hello", "@bob hello"])
    func beforeTheNameIsKnownItIsUndecided(text: String) {
        #expect(TelegramSpeech(text, username: nil) == .undecided)
    }

    @Test(arguments: ["hello", "/run agent x", "a@b"])
    func whatNamesNobodyIsDecidedAtOnce(text: String) {
        #expect(TelegramSpeech(text, username: nil) == .said(text))
    }
}
