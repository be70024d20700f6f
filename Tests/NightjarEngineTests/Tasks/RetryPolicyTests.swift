import NightjarEngine
import Testing

@Suite struct RetryPolicyTests {
    let policy = RetryPolicy()

    @Test(arguments: [(1, 1), (2, 2), (3, 4), (4, 8)])
    func `The wait doubles from one second`(attempt: Int, seconds: Int) {
        #expect(policy.delay(afterAttempt: attempt, retryAfter: nil, random: 0.5) == .seconds(seconds))
    }

    @Test func `Jitter moves the wait by a quarter at most`() {
        #expect(policy.delay(afterAttempt: 1, retryAfter: nil, random: 0) == .milliseconds(750))
        #expect(policy.delay(afterAttempt: 1, retryAfter: nil, random: 1) == .milliseconds(1250))
    }

    @Test func `The provider's wish goes first, up to a minute`() {
        #expect(policy.delay(afterAttempt: 3, retryAfter: .seconds(7), random: 0) == .seconds(7))
        #expect(policy.delay(afterAttempt: 1, retryAfter: .seconds(3600), random: 0) == .seconds(60))
        #expect(policy.delay(afterAttempt: 1, retryAfter: .seconds(-5), random: 0) == .zero)
    }

    @Test func `However many attempts there were, the wait is finite`() {
        #expect(policy.delay(afterAttempt: 1000, retryAfter: nil, random: 0.5) == .seconds(65536))
        #expect(policy.delay(afterAttempt: 0, retryAfter: nil, random: 0.5) == .seconds(1))
    }
}
