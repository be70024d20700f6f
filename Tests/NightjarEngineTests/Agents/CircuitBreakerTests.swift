import NightjarEngine
import Testing

@Suite struct CircuitBreakerTests {
    let breaker = CircuitBreaker()
    let start = Timestamp(milliseconds: 1_000_000_000)

    private func at(_ seconds: Double) -> Timestamp { start + .seconds(seconds) }

    /// Makes a call that comes to `verdict`.
    /// - Returns: false when it was not admitted.
    @discardableResult
    private func call(_ verdict: CircuitBreaker.Verdict, at seconds: Double) -> Bool {
        guard case .admitted(let ticket) = breaker.admit(at: at(seconds)) else { return false }
        breaker.record(verdict, for: ticket, at: at(seconds))
        return true
    }

    private func refusedUntil(_ seconds: Double) -> Timestamp? {
        if case .refused(let until) = breaker.admit(at: at(seconds)) { until } else { nil }
    }

    @Test func `Five failures in a row open it`() {
        for _ in 0..<4 { call(.failure, at: 0) }
        #expect(breaker.phase == .closed)
        call(.failure, at: 0)
        #expect(breaker.phase == .open)
        #expect(refusedUntil(0) == at(5))
    }

    @Test func `A success between failures starts the count anew`() {
        for _ in 0..<4 { call(.failure, at: 0) }
        call(.success, at: 40)
        for _ in 0..<4 { call(.failure, at: 80) }
        #expect(breaker.phase == .closed)
    }

    @Test func `Half of at least ten calls in thirty seconds open it`() {
        for second in 0..<4 {
            call(.failure, at: Double(second))
            call(.success, at: Double(second))
        }
        call(.success, at: 5)
        #expect(breaker.phase == .closed)
        call(.failure, at: 6)
        #expect(breaker.phase == .open)
    }

    @Test func `Nine calls are too few to judge by their share`() {
        for second in 0..<4 {
            call(.success, at: Double(second))
            call(.failure, at: Double(second))
        }
        call(.failure, at: 5)
        #expect(breaker.phase == .closed)
    }

    @Test func `Calls older than thirty seconds do not count`() {
        for _ in 0..<4 {
            call(.failure, at: 0)
            call(.success, at: 0)
        }
        for second in [31.0, 32] { call(.failure, at: second) }
        #expect(breaker.phase == .closed)
    }

    @Test func `One probe at a time is let through, and its success closes`() {
        for _ in 0..<5 { call(.failure, at: 0) }
        guard case .admitted(let probe) = breaker.admit(at: at(5)) else { return #expect(Bool(false), "the probe is let through") }
        #expect(breaker.phase == .halfOpen)
        #expect(refusedUntil(5) == at(10))
        breaker.record(.success, for: probe, at: at(6))
        #expect(breaker.phase == .closed)
        #expect(refusedUntil(6) == nil)
    }

    @Test func `A probe that fails doubles the pause, up to five minutes`() {
        for _ in 0..<5 { call(.failure, at: 0) }
        var now = 0.0
        for pause in [5.0, 10, 20, 40, 80, 160, 300, 300] {
            #expect(refusedUntil(now) == at(now + pause))
            now += pause
            #expect(call(.failure, at: now))
        }
    }

    @Test func `A probe that came to nothing lets another one go`() {
        for _ in 0..<5 { call(.failure, at: 0) }
        #expect(call(.neutral, at: 5))
        #expect(breaker.phase == .halfOpen)
        #expect(call(.success, at: 5))
        #expect(breaker.phase == .closed)
    }

    @Test func `A call from before the pause says nothing about the probe`() {
        guard case .admitted(let early) = breaker.admit(at: at(0)) else { return #expect(Bool(false)) }
        for _ in 0..<5 { call(.failure, at: 0) }
        guard case .admitted = breaker.admit(at: at(5)) else { return #expect(Bool(false)) }
        breaker.record(.neutral, for: early, at: at(5))
        #expect(refusedUntil(5) != nil)
        breaker.record(.success, for: early, at: at(5))
        #expect(breaker.phase == .halfOpen)
        breaker.record(.failure, for: early, at: at(5))
        #expect(breaker.phase == .halfOpen)
    }

    @Test func `Throttling holds everybody back and trips nothing`() {
        for _ in 0..<20 { breaker.admit(at: at(0)).ticket.map { breaker.record(.throttled(until: at(3)), for: $0, at: at(0)) } }
        #expect(breaker.phase == .closed)
        #expect(refusedUntil(2.9) == at(3))
        #expect(refusedUntil(3) == nil)
    }

    @Test func `What is neutral trips nothing`() {
        for _ in 0..<20 { call(.neutral, at: 0) }
        #expect(breaker.phase == .closed)
    }
}

extension CircuitBreaker.Admission {
    fileprivate var ticket: CircuitBreaker.Ticket? {
        if case .admitted(let ticket) = self { ticket } else { nil }
    }
}
