import NIOHTTP1
import NightjarEngine
import Testing

@testable import NightjarModels

struct FailureExplainerTests {
    private func explainer(hasKey: Bool = true) -> FailureExplainer {
        FailureExplainer(
            provider: "anthropic", origin: "https://api.anthropic.com", baseURL: "https://api.anthropic.com/v1", model: "claude", hasKey: hasKey,
            keyVariable: "ANTHROPIC_API_KEY", addressAdvice: "base_url of model \"m\" (nightjar.lua:3)",
            redactor: Redactor([Secret("sk-ant-12345")]))
    }

    private func refusal(_ status: Int, _ body: String = "", hasKey: Bool = true) -> ModelError {
        explainer(hasKey: hasKey).refusal(status: status, headers: [:], body: body, now: Timestamp(milliseconds: 0))
    }

    @Test func refusedKey() {
        let error = refusal(401, #"{"type":"error","error":{"type":"authentication_error","message":"bad key sk-ant-12345"}}"#)
        #expect(
            error.message
                == "anthropic refused the key (401): bad key ••••; check the model's api_key (usually ANTHROPIC_API_KEY)")
        #expect(error.kind == .request)
        #expect(error.status == 401)
        #expect(!error.isRetryable)
    }

    @Test func missingKey() {
        #expect(refusal(401, hasKey: false).message.hasPrefix("anthropic asks for a key (401); check the model's api_key"))
    }

    @Test(arguments: [
        (307, ModelError.Kind.request, "redirected the request (307); set base_url to the final address"),
        (404, .request, "does not know the model or the address (404); check name = \"claude\" and base_url (https://api.anthropic.com/v1)"),
        (429, .rateLimited, "has had too many requests (429)"),
        (500, .provider, "failed (500)"),
        (529, .provider, "is overloaded (529)"),
        (422, .request, "refused the request (422)"),
    ])
    func kinds(status: Int, kind: ModelError.Kind, text: String) {
        let error = refusal(status)
        #expect(error.kind == kind)
        #expect(error.message == "anthropic " + text)
    }

    @Test func bodyThatIsNoDocumentIsQuotedInBounds() {
        let error = refusal(502, "<html>\n  <h1>Bad gateway</h1>" + String(repeating: "x", count: 10_000))
        #expect(error.message.hasPrefix("anthropic failed (502): <html> <h1>Bad gateway</h1>xxx"))
        #expect(error.message.count < 600)
    }

    @Test(
        arguments: [
            ("overloaded_error", ModelError.Kind.provider, 529, true), ("rate_limit_error", .rateLimited, 429, true),
            ("invalid_request_error", .request, 400, false), ("never_heard_of", .provider, nil, true),
        ] as [(String, ModelError.Kind, Int?, Bool)])
    func errorsUnderStatus200(type: String, kind: ModelError.Kind, status: Int?, isRetryable: Bool) {
        let error = explainer().explain(.provider(ProviderFailure(message: "m", type: type)))
        #expect(error.kind == kind)
        #expect(error.status == status)
        #expect(error.isRetryable == isRetryable)
    }

    @Test func incompleteIsRetryableMalformedIsNot() {
        #expect(explainer().explain(.incomplete).isRetryable)
        #expect(explainer().explain(.incomplete).kind == .connection)
        #expect(!explainer().explain(.malformed("x")).isRetryable)
        #expect(explainer().explain(.malformed("x")).kind == .malformed)
    }

    @Test func timeoutsSayWhichAndHowLong() {
        let timeouts = ModelTimeouts(firstByte: .seconds(60), betweenChunks: .milliseconds(1500), whole: .seconds(600))
        #expect(
            explainer().timeout(.firstByte, timeouts: timeouts).message
                == "anthropic did not begin its answer within 1m (first byte time-out)")
        #expect(explainer().timeout(.betweenChunks, timeouts: timeouts).message.contains("no data for 1.5s (time-out between chunks)"))
        #expect(explainer().timeout(.whole, timeouts: timeouts).message.contains("within 10m (time-out of the whole answer)"))
    }
}
