import NightjarPlatforms
import Testing

@Suite struct JSONFieldsTests {
    private func fields(_ text: String) throws -> JSONFields { try JSONFields(parsing: Array(text.utf8)) }

    @Test func escapesAreResolved() throws {
        let fields = try fields(#" { "a" : "x\"\\\/\b\f\n\r\t\u00e9\ud83e\udd89" , "b":"" } "#)
        #expect(try fields.string("a") == "x\"\\/\u{8}\u{c}\n\r\té🦉")
        #expect(try fields.string("b") == "")
        #expect(try fields.string("c") == nil)
    }

    /// Each key is compared with those before it.
    @Test func anObjectHasABoundedNumberOfFields() throws {
        func object(_ count: Int) -> String { "{" + (0..<count).map { #""k\#($0)":1"# }.joined(separator: ",") + "}" }
        #expect(throws: Never.self) { try fields(object(WebhookLimits.fieldsMax)) }
        let error = #expect(throws: JSONFieldsError.self) { try fields(object(WebhookLimits.fieldsMax + 1)) }
        #expect(error?.description.contains("more than 256 fields") == true)
    }

    @Test func otherValuesAreSkippedAndRememberedByType() throws {
        let fields = try fields(#"{"o":{"x":[{}],"y":"}"},"n":-1.5e+3,"z":0,"t":true,"f":false,"u":null,"s":"end"}"#)
        #expect(try fields.string("s") == "end")
        #expect(try fields.string("u") == nil)
        for key in ["o", "n", "z", "t", "f"] {
            #expect(throws: JSONFieldsError.self) { try fields.string(key) }
        }
    }

    @Test(arguments: [
        ("", 1, 1), ("[]", 1, 1), ("{", 1, 2), (#"{"a"}"#, 1, 5), ("{\"a\":1,\n  nope}", 2, 3), ("{\n\"a\": nope}", 2, 6),
        (#"{"a":1}x"#, 1, 8), (#"{"a":01}"#, 1, 7), (#"{"a":1.}"#, 1, 8), (#"{"a":"x}"#, 1, 6), (#"{"a":"\q"}"#, 1, 7),
        (#"{"a":"\ud800"}"#, 1, 7), (#"{"a":"\udc00"}"#, 1, 7), (#"{"a":"\ud800\u0041"}"#, 1, 7), (#"{"a":"\u12"}"#, 1, 11),
        (#"{"a":1,"a":2}"#, 1, 8), (#"{"a":1,}"#, 1, 8), ("{\"a\":\"\t\"}", 1, 7), (#"{"a":tru}"#, 1, 6),
    ])
    func mistakesHaveTheirPlace(text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONFieldsError.self) { try fields(text) }
        #expect(error?.position?.line == line, "\(error?.description ?? "")")
        #expect(error?.position?.column == column, "\(error?.description ?? "")")
    }

    @Test func invalidUTF8HasItsPlace() {
        let bytes = Array("{\"é\":\"a".utf8) + [0xFF] + Array("\"}".utf8)
        let error = #expect(throws: JSONFieldsError.self) { try JSONFields(parsing: bytes) }
        #expect(error?.position?.column == 9)
        #expect(error?.message == "the text is not UTF-8")
    }

    @Test func nestingIsBounded() throws {
        func nested(_ depth: Int) -> String {
            #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        _ = try fields(nested(WebhookLimits.jsonDepthMax - 1))
        #expect(throws: JSONFieldsError.self) { try fields(nested(100_000)) }
    }
}
