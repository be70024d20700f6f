import NIOHTTP1
import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

@Suite struct WhatsAppThrottleTests {
    private let clock = VirtualClock()

    private func error(_ code: Int, after: Duration? = nil) throws -> WhatsAppError {
        let body = #"{"error":{"code":\#(code)}}"#
        var error = try #require(WhatsAppError(VendorResponse(status: 400, headers: [:], body: Array(body.utf8))))
        error.retryAfter = after
        return error
    }

    /// How long it takes until something may be sent there.
    private func wait(_ throttle: WhatsAppThrottle, _ channel: String) async throws -> Duration {
        let clock = clock
        return try await clock.run {
            let start = clock.now
            async let turn = { () async throws -> VirtualClock.Instant in
                try await throttle.turn(for: channel)
                return clock.now
            }()
            await clock.advance(by: .seconds(7200))
            return start.duration(to: try await turn)
        }
    }

    @Test func numberSendsEightyMessagesInASecond() async throws {
        let throttle = WhatsAppThrottle(clock: .virtual(clock))
        let clock = clock
        try await clock.run {
            let sent = Recorder<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await throttle.turn(for: "\(number)")
                        sent.add(number)
                    }
                }
                await clock.advance(by: .milliseconds(999))
                #expect(sent.count == 80)
                await clock.advance(by: .seconds(2))
                try await group.waitForAll()
            }
        }
    }

    @Test func fullConversationWaitsAlone() async throws {
        let throttle = WhatsAppThrottle(clock: .virtual(clock))
        #expect(throttle.heed(try error(131_056), in: "a") == nil)
        #expect(try await wait(throttle, "b") == .zero)
        #expect(throttle.heed(try error(131_056), in: "a") == nil)
        #expect(try await wait(throttle, "a") == .seconds(6))
    }

    @Test(arguments: [4, 80007, 130_429])
    func fullNumberWaitsAltogether(code: Int) async throws {
        let throttle = WhatsAppThrottle(clock: .virtual(clock))
        #expect(throttle.heed(try error(code), in: "a") == nil)
        #expect(try await wait(throttle, "b") == .seconds(5))
        #expect(throttle.heed(try error(code, after: .seconds(90)), in: "a") == .seconds(90))
        #expect(try await wait(throttle, "b") == .seconds(90))
    }

    @Test func complaintsSlowEverybodyDownMoreAndMore() async throws {
        let throttle = WhatsAppThrottle(clock: .virtual(clock))
        for seconds in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
            #expect(throttle.heed(try error(131_048), in: "a") == .seconds(seconds))
            #expect(try await wait(throttle, "b") == .seconds(seconds))
        }
        throttle.sent()
        #expect(throttle.heed(try error(131_048), in: "a") == .seconds(60))
    }

    /// Those that were on their way when people complained say the same.
    @Test func oneComplaintIsHeededOnce() async throws {
        let throttle = WhatsAppThrottle(clock: .virtual(clock))
        for _ in 1...7 { #expect(throttle.heed(try error(131_048), in: "a") == .seconds(60)) }
        #expect(try await wait(throttle, "b") == .seconds(60))
        #expect(throttle.heed(try error(131_048), in: "a") == .seconds(120))
    }

    @Test func otherErrorsSlowNobodyDown() async throws {
        let throttle = WhatsAppThrottle(clock: .virtual(clock))
        #expect(throttle.heed(try error(131_047), in: "a") == nil)
        #expect(try await wait(throttle, "a") == .zero)
    }
}
