import AsyncHTTPClient
import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

@Suite struct VendorClientTests {
    /// The client's own time limit is over with the answer's head.
    @Test(.timeLimit(.minutes(1)), arguments: [[StandInStep.raw(#"{"ok":"#), .stall], [.stall]])
    func `An answer that stops is not waited for`(steps: [StandInStep]) async throws {
        try await StandInProvider.withProvider { (vendor: StandInProvider) async throws in
            vendor.script(StandInAnswer(headers: ["content-type": "application/json"], steps: steps))
            let http = PlatformContext.makeClient()
            let request = VendorRequest(url: vendor.baseURL + "/x", label: "x", timeout: .milliseconds(300))
            let error = await #expect(throws: DeliveryError.self) {
                try await VendorClient(http: http, vendor: "Slack").send(request)
            }
            #expect(error?.isRetryable == true && error?.message == "Slack did not answer x: it took too long")
            try await http.shutdown()
        }
    }
}
