import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NightjarTesting
import Testing

@Suite struct StandInCourierTests {
    /// Patient, since an answer may take a while on a busy machine.
    private var hurried: StandInCourier {
        var courier = StandInCourier.slack
        courier.pauses = [.zero, .zero]
        return courier
    }

    private func carry(to engine: StandInProvider) async throws -> Int? {
        try await hurried.carry { marks in
            var request = HTTPClientRequest(url: engine.baseURL + "/webhooks/slack")
            request.method = .POST
            for mark in marks { request.headers.add(name: mark.name, value: mark.value) }
            return Int(try await HTTPClient.shared.execute(request, timeout: .seconds(30)).status.code)
        }
    }

    @Test func `What is acknowledged is not told again`() async throws {
        try await StandInProvider.withProvider { (engine: StandInProvider) async throws in
            engine.script(.ok)
            #expect(try await carry(to: engine) == 1)
            #expect(engine.activity.requests.map { $0.headers["x-slack-retry-num"] } == [nil])
        }
    }

    @Test func `What is answered late or refused is told again, and why`() async throws {
        #expect(StandInCourier.slack.faster(by: 10).patience == .milliseconds(300))
        try await StandInProvider.withProvider { (engine: StandInProvider) async throws in
            engine.script(.stallBeforeFirstByte, StandInAnswer(status: 503, steps: [.raw("busy")]), .ok)
            #expect(try await carry(to: engine) == 3)
            #expect(engine.activity.requests.map { $0.headers["x-slack-retry-num"] } == [nil, "1", "2"])
            #expect(engine.activity.requests.map { $0.headers["x-slack-retry-reason"] } == [nil, "http_timeout", "http_error"])
        }
    }

    @Test func `What nobody takes is given up`() async throws {
        let tries = Recorder<Int>()
        let outcome = try await hurried.carry { marks in
            tries.add(marks.count)
            return 500
        }
        #expect(outcome == nil && tries.all == [0, 2, 2])
    }
}

extension StandInAnswer {
    fileprivate static let ok = StandInAnswer(steps: [.raw("{}")])
}
