import NightjarEngine
import Testing

@testable import NightjarModels

struct ProviderFailureTests {
    @Test(
        arguments: [
            (#"{"error":{"message":"m","type":"t","param":null,"code":"c"}}"#, ProviderFailure(message: "m", type: "t")),
            (#"{"error":{"message":"m","type":null,"code":"c"}}"#, ProviderFailure(message: "m", type: "c")),
            (#"{"type":"error","error":{"type":"t","message":"m"},"request_id":"r"}"#, ProviderFailure(message: "m", type: "t")),
            (#"{"error":{"code":502,"message":"m"}}"#, ProviderFailure(message: "m", status: 502)),
            (#"{"error":{"code":7,"message":"m"}}"#, ProviderFailure(message: "m")),
            (#"[{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}]"#, ProviderFailure(message: "m", type: "UNAVAILABLE", status: 503)),
            (#"{"error":"m"}"#, ProviderFailure(message: "m")),
            (#"{"object":"error","message":"m","type":"t"}"#, ProviderFailure(message: "m", type: "t")),
            (#"{"detail":"m"}"#, ProviderFailure(message: "m")),
            (#"{"error":{"type":"t"}}"#, ProviderFailure(message: "t", type: "t")),
            (#"{"ok":true}"#, nil),
            (#"[]"#, nil),
        ] as [(String, ProviderFailure?)])
    func shapes(text: String, expected: ProviderFailure?) throws {
        #expect(try ProviderFailure(JSONValue(parsing: text)) == expected)
    }

    @Test func redactionAndLength() {
        let redactor = Redactor([Secret("sk-abcdef"), Secret("sk-abcdefgh"), Secret("the")])
        #expect(redactor.redact("the key sk-abcdefgh,\n\n sk-abcdef") == "the key ••••, ••••")
        #expect(redactor.redact("abc def", charactersMax: 4) == "abc…")
        #expect(redactor.redact("abcd", charactersMax: 4) == "abcd")
    }
}
