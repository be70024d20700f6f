import NightjarEngine
@testable import NightjarPlatforms
import Testing

@Suite struct WhatsAppOptionsTests {
    @Test func wholeDeclarationIsRead() throws {
        let options = try WhatsAppFixture.options(["api_url": .string("http://localhost:9/"), "api_version": .string("v25.0")])
        #expect(options.messagesURL == "http://localhost:9/v25.0/106540352242922/messages")
        #expect(options.accessToken.reveal() == "EAAstandin")
    }

    @Test func metaIsTheDefault() throws {
        #expect(try WhatsAppFixture.options(["api_url": nil]).messagesURL == "https://graph.facebook.com/v23.0/106540352242922/messages")
    }

    @Test(arguments: [
        ("phone_number_id", nil), ("phone_number_id", ""), ("phone_number_id", "+1 555"), ("phone_number_id", "1/../2"),
        ("access_token", nil), ("access_token", ""), ("access_token", "EAA\r\nX-Evil: 1"), ("access_token", "EAA é"),
        ("app_secret", nil), ("app_secret", ""), ("verify_token", nil), ("verify_token", ""), ("api_version", "23"), ("api_version", "v23.0/x"),
        ("api_url", "graph.facebook.com"), ("api_url", "ftp://graph.facebook.com"), ("api_url", "https://u@h"), ("api_url", "https://h/?a=b"),
    ])
    func mistakesAreNamed(key: String, value: String?) {
        let definition = WhatsAppFixture.definition(changes: [key: value.map { .string($0) }])
        let problem = PlatformFactory.problem(with: definition)
        #expect(problem?.contains(key) == true)
        #expect(!(problem ?? "").contains("EAA"))
    }

    @Test func factoryMakesIt() throws {
        #expect(PlatformFactory.problem(with: WhatsAppFixture.definition()) == nil)
        #expect(try WhatsAppFixture.receiver().name == "whatsapp")
    }
}
