import NIOHTTP1
import NightjarEngine
import Testing

@testable import NightjarModels

struct RetryAdviceTests {
    /// 1994-11-06T08:49:37Z, the example date of RFC 9110.
    private static let now = Timestamp(milliseconds: 784_111_777_000)

    private func advice(_ status: Int, _ headers: HTTPHeaders = [:]) -> RetryAdvice {
        RetryAdvice(status: status, headers: headers, now: Self.now)
    }

    @Test(arguments: [
        (400, false), (401, false), (403, false), (404, false), (408, true), (409, true), (413, false), (422, false), (429, true), (500, true),
        (502, true), (503, true), (529, true),
    ])
    func byStatus(status: Int, isRetryable: Bool) {
        #expect(advice(status).isRetryable == isRetryable)
    }

    @Test func theProvidersWordCountsMore() {
        #expect(advice(400, ["x-should-retry": "true"]).isRetryable)
        #expect(!advice(529, ["X-Should-Retry": "false"]).isRetryable)
        #expect(advice(500, ["x-should-retry": "perhaps"]).isRetryable)
    }

    @Test(
        arguments: [
            (["retry-after": "7"], Duration.seconds(7)),
            (["retry-after": "0"], .zero),
            (["retry-after": "1.5"], .milliseconds(1500)),
            (["retry-after-ms": "250"], .milliseconds(250)),
            (["retry-after-ms": "250", "retry-after": "7"], .milliseconds(250)),
            (["retry-after": "Sun, 06 Nov 1994 08:49:57 GMT"], .seconds(20)),
            (["retry-after": "3600"], .seconds(60)),
            (["retry-after": "Sun, 06 Nov 1994 09:49:57 GMT"], .seconds(60)),
            (["retry-after": "1e300"], .seconds(60)),
            (["retry-after": "Sun, 06 Nov 1994 08:00:00 GMT"], nil),
            (["retry-after": "-1"], nil),
            (["retry-after": "nan"], nil),
            (["retry-after": "soon"], nil),
            ([:], nil),
        ] as [([String: String], Duration?)])
    func delay(headers: [String: String], expected: Duration?) {
        #expect(advice(429, HTTPHeaders(headers.map { ($0.key, $0.value) })).retryAfter == expected)
    }
}
