import NIOHTTP1
import NightjarEngine
@testable import NightjarPlatforms
import Testing

@Suite struct WhatsAppErrorTests {
    private func error(_ status: Int, _ body: String, _ headers: HTTPHeaders = [:]) throws -> WhatsAppError {
        try #require(WhatsAppError(VendorResponse(status: status, headers: headers, body: Array(body.utf8))))
    }

    private func document(_ code: Int, _ details: String = "why") -> String {
        #"{"error":{"code":\#(code),"message":"m","error_data":{"details":"\#(details)"}}}"#
    }

    @Test(
        arguments: [
            (400, 4, true, .number), (429, 80007, true, .number), (400, 130_429, true, .number), (400, 131_056, true, .conversation),
            (400, 131_048, true, .spam), (429, 0, true, .number), (500, 131_000, true, nil), (400, 131_016, true, nil), (503, 2, true, nil),
            (500, 131_057, true, nil), (500, 0, true, nil), (502, 0, true, nil), (408, 0, true, nil), (400, 131_047, false, nil),
            (500, 131_047, false, nil), (401, 190, false, nil), (401, 0, false, nil), (403, 10, false, nil), (500, 3, false, nil),
            (403, 250, false, nil), (400, 100, false, nil), (400, 131_009, false, nil), (400, 131_026, false, nil), (400, 131_030, false, nil),
            (404, 0, false, nil), (302, 0, false, nil),
        ] as [(Int, Int, Bool, WhatsAppError.Scope?)])
    func codesAreClassified(status: Int, code: Int, isRetryable: Bool, scope: WhatsAppError.Scope?) throws {
        let error = try error(status, code == 0 ? "<html>" : document(code))
        #expect(error.isRetryable == isRetryable)
        #expect(error.scope == scope)
        #expect(!error.explanation(without: Secret("t")).isEmpty)
    }

    @Test func successIsNoError() {
        #expect(WhatsAppError(VendorResponse(status: 200, headers: [:], body: [])) == nil)
    }

    @Test func closedWindowIsExplainedWithWhatToDo() throws {
        let text = try error(400, document(131_047)).explanation(without: Secret("t"))
        #expect(text.contains("24 hours") && text.contains("template") && text.contains("131047"))
    }

    @Test func expiredTokenIsExplainedAndNeverShown() throws {
        let text = try error(401, document(190, "Malformed access token EAAsecret")).explanation(without: Secret("EAAsecret"))
        #expect(text.contains("access_token") && text.contains("190"))
        #expect(!text.contains("EAAsecret"))
    }

    @Test func detailsAreShownWithoutTheToken() throws {
        let text = try error(400, document(100, #"bad\nfield EAAsecret"#)).explanation(without: Secret("EAAsecret"))
        #expect(text == "WhatsApp did not take the message (error 100): bad field ••••")
    }

    @Test func waitIsReadFromEitherHeader() throws {
        #expect(try error(429, document(4), ["retry-after": "7"]).retryAfter == .seconds(7))
        let usage = #"{"1":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":3}]}"#
        #expect(try error(400, document(80007), ["x-business-use-case-usage": usage]).retryAfter == .seconds(180))
        #expect(try error(400, document(80007), ["x-business-use-case-usage": "{}"]).retryAfter == nil)
        let days = #"{"1":[{"estimated_time_to_regain_access":99999999}]}"#
        #expect(try error(400, document(80007), ["x-business-use-case-usage": days]).retryAfter == .seconds(3600))
    }
}
