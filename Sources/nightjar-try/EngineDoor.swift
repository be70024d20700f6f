import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NightjarTesting

/// Where a vendor's servers reach the engine.
struct EngineDoor: Sendable {
    /// `http://127.0.0.1:PORT`.
    let baseURL: String

    /// Tells the engine something, and again in the vendor's way while it is not acknowledged; only the pauses are shorter.
    /// - Throws: ``TryFailure`` when the engine never takes it.
    func tell(_ path: String, headers: [String: String], body: String, by courier: StandInCourier) async throws {
        let failures = Recorder<any Error>()
        let tries = try await courier.faster(by: 10).carry { marks in
            do {
                try await post(path, headers: headers.merging(marks.map { ($0.name, $0.value) }) { $1 }, body: body)
                return 200
            } catch {
                failures.add(error)
                throw error
            }
        }
        if tries == nil { throw failures.all.last ?? TryFailure("the engine does not answer") }
    }

    /// - Returns: the answer's body.
    /// - Throws: ``TryFailure`` when the engine does not take it, for which a real vendor would come again.
    @discardableResult
    func post(_ path: String, headers: [String: String], body: String) async throws -> String {
        var request = HTTPClientRequest(url: baseURL + path)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
        guard (200..<300).contains(response.status.code) else {
            throw TryFailure("the engine answered \(response.status.code): \(text)")
        }
        return text
    }
}
