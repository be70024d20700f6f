import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarEffects

/// Against a real server on this machine, which answers plain text outside the providers' paths.
@Suite(.timeLimit(.minutes(1)))
struct HTTPClientFetcherTests {
    private func withFetcher(
        bytesMax: Int = EffectLimits.responseBytesMax, _ body: @Sendable (StandInProvider, HTTPClientFetcher) async throws -> Void
    ) async throws {
        try await StandInProvider.withProvider { server in
            let fetcher = HTTPClientFetcher(responseBytesMax: bytesMax)
            do {
                try await body(server, fetcher)
                try await fetcher.shutdown()
            } catch {
                try? await fetcher.shutdown()
                throw error
            }
        }
    }

    private func failure(_ fetcher: HTTPClientFetcher, _ request: FetchRequest) async throws -> EffectError {
        let error = await #expect(throws: EffectError.self) { try await fetcher.fetch(request) }
        return try #require(error)
    }

    @Test func requestAndResponse() async throws {
        try await withFetcher { server, fetcher in
            server.script(StandInAnswer(status: 404, headers: ["X-Test": "yes"], steps: [.text("a"), .text("b")]))
            let response = try await fetcher.fetch(
                FetchRequest(
                    method: "put", url: server.baseURL + "/x?y=1", headers: [("X-One", "1"), ("X-One", "2")], body: Array("in".utf8)))
            #expect(response.status == 404)
            #expect(response.headers["x-test"] == "yes")
            #expect(String(decoding: response.body, as: UTF8.self) == "ab")
            let request = try #require(server.activity.requests.first)
            #expect(request.method == "PUT")
            #expect(request.path == "/x?y=1")
            #expect(request.headers["x-one"] == "1, 2")
            #expect(request.body == "in")
        }
    }

    @Test func redirectsAreFollowedUpToTheLimit() async throws {
        try await withFetcher { server, fetcher in
            for number in 1...HTTPClientFetcher.redirectsMax {
                server.script(StandInAnswer(status: 302, headers: ["location": "/\(number)"], steps: []))
            }
            server.script(StandInAnswer(steps: [.text("there")]))
            let response = try await fetcher.fetch(FetchRequest(url: server.baseURL + "/0"))
            #expect(String(decoding: response.body, as: UTF8.self) == "there")
            #expect(server.activity.requests.count == HTTPClientFetcher.redirectsMax + 1)
        }
    }

    @Test func oneRedirectTooMany() async throws {
        try await withFetcher { server, fetcher in
            for number in 1...HTTPClientFetcher.redirectsMax + 1 {
                server.script(StandInAnswer(status: 302, headers: ["location": "/\(number)"], steps: []))
            }
            let error = try await failure(fetcher, FetchRequest(url: server.baseURL + "/0"))
            #expect(error.code == "too_many_redirects")
            #expect(server.activity.requests.count == HTTPClientFetcher.redirectsMax + 1)
        }
    }

    @Test func credentialsStayWithTheirHost() async throws {
        try await StandInProvider.withProvider { other in
            try await withFetcher { server, fetcher in
                server.script(StandInAnswer(status: 307, headers: ["location": other.baseURL + "/x"], steps: []))
                other.script(StandInAnswer(steps: [.text("ok")]))
                _ = try await fetcher.fetch(FetchRequest(url: server.baseURL, headers: [("Authorization", "Bearer token")]))
                #expect(server.activity.requests.first?.headers["authorization"] == "Bearer token")
                #expect(other.activity.requests.first?.headers["authorization"] == nil)
            }
        }
    }

    @Test func bodyIsBoundedWhileItStreams() async throws {
        try await withFetcher(bytesMax: 10) { server, fetcher in
            server.script(StandInAnswer(steps: [.text("0123456789")]), StandInAnswer(steps: [.text("0123456789"), .text("0"), .stall]))
            #expect(try await fetcher.fetch(FetchRequest(url: server.baseURL)).body.count == 10)
            let error = try await failure(fetcher, FetchRequest(url: server.baseURL + "/big?key=secret"))
            #expect(error.code == "too_large")
            #expect(error.message == "http: GET \(server.baseURL)/big: the response's body is larger than the limit of 10 bytes")
            try await server.wait { $0.openConnections == 0 }
        }
    }

    @Test(arguments: [StandInAnswer.stallBeforeFirstByte, .stall(after: "some")])
    func timeoutCoversTheWholeExchange(answer: StandInAnswer) async throws {
        try await withFetcher { server, fetcher in
            server.script(answer)
            let error = try await failure(fetcher, FetchRequest(url: server.baseURL + "/slow", timeout: .milliseconds(50)))
            #expect(error == EffectError(code: "timeout", message: "http: GET \(server.baseURL)/slow took longer than 50 ms"))
            try await server.wait { $0.abandonedResponses == 1 && $0.openConnections == 0 }
        }
    }

    @Test(arguments: [StandInAnswer.stallBeforeFirstByte, .stall(after: "some")])
    func cancelClosesTheConnection(answer: StandInAnswer) async throws {
        try await withFetcher { server, fetcher in
            server.script(answer)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await fetcher.fetch(FetchRequest(url: server.baseURL)) }
                }
                try await server.wait { $0.requests.count == 1 }
                group.cancelAll()
                try await server.wait { $0.abandonedResponses == 1 && $0.openConnections == 0 }
            }
        }
    }

    @Test func brokenAndRefusedConnections() async throws {
        try await withFetcher { server, fetcher in
            server.script(.drop(after: "half"))
            #expect(try await failure(fetcher, FetchRequest(url: server.baseURL)).code == "connection")
            let gone = try await StandInProvider.withProvider { $0.baseURL }
            let refused = try await failure(fetcher, FetchRequest(url: gone))
            #expect(refused.code == "connection")
            let server = gone.dropFirst("http://".count)
            #expect(refused.message == "http: GET \(gone): \(server) refused the connection; is something listening there?")
            let named = try await failure(fetcher, FetchRequest(url: gone.replacing("127.0.0.1", with: "localhost")))
            #expect(named.message.contains(": localhost:\(server.split(separator: ":")[1]) refused the connection;"))
            let unknown = try await failure(fetcher, FetchRequest(url: "http://no-such-host.invalid/"))
            #expect(unknown.message.contains("the name no-such-host.invalid is not known"), "\(unknown.message)")
        }
    }

    @Test(arguments: ["", "nonsense", "ftp://host/x", "http://", "file:///etc/passwd", "http+unix://x/y"])
    func addressesThatAreNone(url: String) async throws {
        try await withFetcher { _, fetcher in
            let error = try await failure(fetcher, FetchRequest(url: url))
            #expect(error.code == "invalid_url")
        }
    }
}
