import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

/// Ways of a request that is not WhatsApp's, or not to be understood: refused, and nothing of it taken.
@Suite struct WhatsAppBadRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: Int
        var change: @Sendable (inout PlatformRequest) -> Void
    }

    private static let name = "x-hub-signature-256"

    private static func signature(_ description: String, _ change: @escaping @Sendable (String) -> String) -> Case {
        Case(testDescription: description, status: 401) { request in
            request.headers = request.headers.map { $0.name == name ? (name, change($0.value)) : $0 }
        }
    }

    private static let signatures: [Case] = [
        Case(testDescription: "no signature", status: 401) { $0.headers.removeAll { $0.name == name } },
        Case(testDescription: "the signature twice", status: 401) { $0.headers += $0.headers.filter { $0.name == name } },
        Case(testDescription: "a second signature", status: 401) { $0.headers.append((name, "sha256=00")) },
        Case(testDescription: "the old signature only", status: 401) { request in
            request.headers = request.headers.map { $0.name == name ? ("x-hub-signature", $0.value) : $0 }
        },
        signature("empty") { _ in "" },
        signature("the prefix only") { _ in "sha256=" },
        signature("no prefix") { String($0.dropFirst(7)) },
        signature("another algorithm") { "sha1=" + $0.dropFirst(7) },
        signature("the prefix in capitals") { "SHA256=" + $0.dropFirst(7) },
        signature("hex in capitals") { "sha256=" + $0.dropFirst(7).uppercased() },
        signature("a digit short") { String($0.dropLast()) },
        signature("half of it") { String($0.prefix(39)) },
        signature("a digit too many") { $0 + "0" },
        signature("the last digit changed") { $0.dropLast() + ($0.hasSuffix("0") ? "1" : "0") },
        signature("a space before") { " " + $0 },
        signature("a space behind") { $0 + " " },
        signature("two in one") { $0 + "," + $0 },
        signature("no hex") { _ in "sha256=" + String(repeating: "z", count: 64) },
        Case(testDescription: "of another secret", status: 401) { request in
            var other = StandInWhatsApp.Account()
            other.appSecret = "another secret"
            resign(&request, with: other)
        },
        Case(testDescription: "of the verify token", status: 401) { request in
            var other = StandInWhatsApp.Account()
            other.appSecret = other.verifyToken
            resign(&request, with: other)
        },
        Case(testDescription: "a byte changed", status: 401) { $0.body[40] ^= 1 },
        Case(testDescription: "a byte more", status: 401) { $0.body.append(0x20) },
        Case(testDescription: "a byte less", status: 401) { $0.body.removeLast() },
        Case(testDescription: "an empty body", status: 401) { $0.body = [] },
    ]

    private static func resign(_ request: inout PlatformRequest, with account: StandInWhatsApp.Account = .init()) {
        request.headers = StandInWhatsApp.signature(of: request.body, account).map { ($0.key, $0.value) }
    }

    private static func body(_ description: String, _ text: String) -> Case { body(description, bytes: Array(text.utf8)) }

    private static func body(_ description: String, bytes: [UInt8]) -> Case {
        Case(testDescription: description, status: 400) { request in
            request.body = bytes
            resign(&request)
        }
    }

    /// A genuine notification in which `value` stands for the object of the messages.
    private static func value(_ description: String, _ value: String) -> Case {
        body(description, #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":\#(value)}]}]}"#)
    }

    private static func message(_ description: String, _ message: String) -> Case {
        value(description, #"{"metadata":{"phone_number_id":"106540352242922"},"messages":[\#(message)]}"#)
    }

    private static let bodies: [Case] = [
        body("nothing", ""), body("no JSON", "entry=1"), body("half of it", #"{"object":"whatsapp_business_account","entry":[{"#),
        body("two documents", "{}{}"), body("a list", "[]"), body("a text", #""hi""#), body("null", "null"),
        body("not UTF-8", bytes: Array(#"{"object":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)),
        body("nested too deep", String(repeating: "[", count: 100_000)),
        body("no object", #"{"entry":[]}"#), body("object is a number", #"{"object":1,"entry":[]}"#),
        body("no entry", #"{"object":"whatsapp_business_account"}"#),
        body("entry is an object", #"{"object":"whatsapp_business_account","entry":{}}"#),
        body("an entry is a text", #"{"object":"whatsapp_business_account","entry":["x"]}"#),
        body("no changes", #"{"object":"whatsapp_business_account","entry":[{"id":"1"}]}"#),
        body("changes is a text", #"{"object":"whatsapp_business_account","entry":[{"changes":"x"}]}"#),
        body("no field", #"{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{}}]}]}"#),
        value("value is null", "null"), value("value is a list", "[]"), value("no metadata", "{}"),
        value("no phone_number_id", #"{"metadata":{}}"#), value("phone_number_id is a number", #"{"metadata":{"phone_number_id":1}}"#),
        value("messages is an object", #"{"metadata":{"phone_number_id":"106540352242922"},"messages":{}}"#),
        message("a message is a text", #""hi""#), message("no type", #"{"id":"wamid.1","from":"1"}"#),
        message("no id", #"{"type":"text","from":"1","text":{"body":"hi"}}"#),
        message("an empty id", #"{"id":"","type":"text","from":"1","text":{"body":"hi"}}"#),
        message("a long id", #"{"id":"\#(String(repeating: "x", count: 513))","type":"text","from":"1","text":{"body":"hi"}}"#),
        message("id is a number", #"{"id":1,"type":"text","from":"1","text":{"body":"hi"}}"#),
        message("no sender", #"{"id":"wamid.1","type":"text","text":{"body":"hi"}}"#),
        message("the sender is a list", #"{"id":"wamid.1","type":"text","from":[],"text":{"body":"hi"}}"#),
        message("no text", #"{"id":"wamid.1","type":"text","from":"1"}"#),
        message("text is a text", #"{"id":"wamid.1","type":"text","from":"1","text":"hi"}"#),
        message("the text's body is a number", #"{"id":"wamid.1","type":"text","from":"1","text":{"body":1}}"#),
        message("interactive is a list", #"{"id":"wamid.1","type":"interactive","from":"1","interactive":[]}"#),
        message("two bad ones", #"{"id":"wamid.1","type":"text","text":{"body":"hi"}},{"id":"wamid.2"}"#),
    ]

    @Test(arguments: signatures + bodies)
    func isRefused(_ bad: Case) async throws {
        try await StandInWhatsApp.withStandIn { standIn in
            let platform = try WhatsAppFixture.receiver()
            let good = standIn.says("hi", from: WhatsAppFixture.person).request
            #expect(platform.receive(good).events?.count == 1)
            var request = good
            bad.change(&request)
            let reception = platform.receive(request)
            #expect(reception.refusedStatus == bad.status)
            #expect(reception.events == nil)
        }
    }
}
