import NightjarEngine
import NightjarTesting
import Synchronization

/// Answers every request the same way, and remembers them.
final class ScriptedFetcher: HTTPFetcher {
    let requests = NightjarTesting.Recorder<FetchRequest>()
    private let answer = Mutex<Result<FetchResponse, EffectError>>(.success(FetchResponse(status: 200, headers: [:], body: [])))

    func answer(_ status: Int = 200, _ body: String = "", headers: [String: String] = [:]) {
        answer.withLock { $0 = .success(FetchResponse(status: status, headers: headers, body: Array(body.utf8))) }
    }

    func fail(_ code: String, _ message: String) {
        answer.withLock { $0 = .failure(EffectError(code: code, message: message)) }
    }

    func fetch(_ request: FetchRequest) async throws -> FetchResponse {
        requests.add(request)
        return try answer.withLock { $0 }.get()
    }
}
