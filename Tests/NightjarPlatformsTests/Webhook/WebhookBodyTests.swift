import NightjarEngine
import NightjarPlatforms
import Testing

@Suite struct WebhookBodyTests {
    private func body(_ text: String) throws -> WebhookBody { try WebhookBody(parsing: Array(text.utf8)) }

    @Test func wholeBody() throws {
        let body = try body(
            #"{"user":"u","channel":"c","thread":"t","text":"/list agents","id":"1","callback_url":"http://h/"}"#)
        #expect(body.user == "u")
        #expect(body.channel == "c")
        #expect(body.thread == "t")
        #expect(body.text == "/list agents")
        #expect(body.id == "1")
        #expect(body.callbackURL == "http://h/")
    }

    @Test func userAndTextAreEnough() throws {
        let body = try body(#"{"user":"u","text":"hi","id":null,"more":[1,{"a":2}]}"#)
        #expect(body.channel == WebhookBody.defaultChannel)
        #expect(body.id == nil)
    }

    @Test(arguments: [
        (#"{"text":"x"}"#, "\"user\" is missing"), (#"{"user":"u"}"#, "\"text\" is missing"),
        (#"{"user":3,"text":"x"}"#, "\"user\" must be a string, not a number"),
        (#"{"user":"u","text":["x"]}"#, "\"text\" must be a string, not an array"),
        (#"{"user":"u","text":"x","id":true}"#, "\"id\" must be a string, not a boolean"),
        (#"{"user":"","text":"x"}"#, "\"user\" is empty"), (#"{"user":"u","text":" \n"}"#, "\"text\" is empty"),
        (#"{"user":"u\n","text":"x"}"#, "\"user\" has a control character"),
        (#"{"user":"u","text":"a\u0000b"}"#, "\"text\" has a NUL character"),
    ])
    func mistakesNameTheirKey(text: String, message: String) {
        let error = #expect(throws: JSONFieldsError.self) { try body(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test func namesAndTextAreBounded() throws {
        let name = String(repeating: "n", count: WebhookLimits.nameBytesMax)
        #expect(try body(#"{"user":"\#(name)","text":"x"}"#).user == name)
        #expect(throws: JSONFieldsError.self) { try body(#"{"user":"\#(name)n","text":"x"}"#) }
        let text = String(repeating: "t", count: EngineLimits.textBytesMax)
        #expect(try body(#"{"user":"u","text":"\#(text)"}"#).text == text)
        #expect(throws: JSONFieldsError.self) { try body(#"{"user":"u","text":"\#(text)t"}"#) }
    }
}
