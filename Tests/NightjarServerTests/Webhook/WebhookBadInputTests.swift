import NightjarEngine
import NightjarServer
import NIOCore
import NIOHTTP1
import Testing

@Suite struct WebhookBadInputTests {
    private let path = "/webhooks/generic"

    @Test(arguments: [
        (#"{"user":"u","text":nope}"#, "bad_json", "line 1, column 20"), ("", "bad_json", "line 1, column 1"),
        ("{\n \"user\": \"u\",\n}", "bad_json", "line 3, column 1"), ("[1]", "bad_json", "a JSON object"),
        (#"{"user":"u"}"#, "bad_field", "\"text\" is missing"), (#"{"user":3,"text":"x"}"#, "bad_field", "not a number"),
        (#"{"user":"u","text":null}"#, "bad_field", "\"text\" is missing"), (#"{"user":"u","text":""}"#, "bad_field", "empty"),
        (#"{"user":"u","text":"x","callback_url":"http://evil.test/"}"#, "bad_field", "settings.callback_hosts"),
    ])
    func badBodyIsRefusedWithItsFault(body: String, code: String, detail: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post(path, body)
            #expect(answer.status == 400)
            #expect(try answer.problem == code)
            #expect(try answer.json["detail"]?.string?.contains(detail) == true, "\(answer.text)")
        }
    }

    @Test func invalidUTF8IsRefused() async throws {
        try await TestServer.run { server async throws in
            var body = ByteBuffer(string: #"{"user":"u","text":""#)
            body.writeBytes([0xC3, 0x28, 0x22, 0x7D])
            let answer = try await server.send(.POST, path, body: body)
            #expect(answer.status == 400)
            #expect(try answer.json["detail"]?.string?.contains("line 1, column 21: the text is not UTF-8") == true)
        }
    }

    @Test(arguments: [ServerLimits.bodyBytesMax + 1, 10 << 20])
    func largeBodyIsRefusedAndTheServerGoesOn(size: Int) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.send(.POST, path, body: ByteBuffer(repeating: 0x20, count: size))
            #expect(answer.status == 413)
            #expect(try answer.problem == "body_too_large")
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test func largeBodyOfUnknownLengthIsRefused() async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.postInPieces(path, piece: ByteBuffer(repeating: 0x20, count: 64 << 10), count: 40)
            #expect(answer.status == 413)
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test func largestBodyIsTaken() async throws {
        try await TestServer.run { server async throws in
            let start = #"{"user":"u","text":"/ping"}"#
            let body = start + String(repeating: " ", count: ServerLimits.bodyBytesMax - start.utf8.count)
            #expect(try await server.post(path, body).status == 202)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func bodyThatDoesNotComeIsNotWaitedForLong() async throws {
        let configuration = NightjarServerConfiguration(port: 0, bodyTimeout: .milliseconds(10))
        try await TestServer.run(configuration: configuration) { server async throws in
            let answer = try await RawConnection.exchange(
                "POST \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{", with: server)
            #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer)")
            #expect(answer.contains(#""code":"body_too_slow""#), "\(answer)")
            #expect(answer.lowercased().contains("connection: close"), "\(answer)")
            #expect(try await server.post(path, #"{"user":"u","text":"/ping"}"#).status == 202)
        }
    }

    @Test func bodiesBeyondTheRoomForAllAreRefusedAndWhatTheyTookIsGivenBack() async throws {
        let configuration = NightjarServerConfiguration(port: 0, bodiesBytesMax: 256 << 10)
        try await TestServer.run(configuration: configuration) { server async throws in
            for _ in 0..<3 {
                let answer = try await server.send(.POST, path, body: ByteBuffer(repeating: 0x20, count: 900 << 10))
                #expect(answer.status == 503)
                #expect(try answer.problem == "too_many_bodies")
                #expect(answer.headers["retry-after"] == "1")
                // Read to its end, and no JSON.
                #expect(try await server.postInPieces(path, piece: ByteBuffer(repeating: 0x20, count: 1 << 10), count: 64).status == 400)
            }
        }
    }

    @Test func bodyInOnePieceNeedsNoRoom() async throws {
        try await TestServer.run(configuration: NightjarServerConfiguration(port: 0, bodiesBytesMax: 0)) { server async throws in
            #expect(try await server.post(path, #"{"user":"u","text":"/ping"}"#).status == 202)
        }
    }

    @Test(arguments: ["webhook-id", "x-github-delivery"])
    func doubledHeaderIsRefused(name: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post(path, #"{"user":"u","text":"/ping"}"#, headers: [name: "1", name: "2"])
            #expect(answer.status == 401)
            #expect(try answer.problem == "not_genuine")
        }
    }

    @Test(arguments: ["soon", "-1s", "10 parsecs", ""])
    func badWaitIsRefused(wait: String) async throws {
        try await TestServer.run { server async throws in
            let escaped = wait.replacing(" ", with: "%20")
            let answer = try await server.post("\(path)?wait=\(escaped)", #"{"user":"u","text":"/ping"}"#)
            #expect(answer.status == 400)
            #expect(try answer.problem == "bad_wait")
        }
    }

    @Test func badWaitTakesNoMessage() async throws {
        try await TestServer.run { server async throws in
            _ = try await server.post("\(path)?wait=soon", #"{"user":"u","text":"/ping","id":"1"}"#)
            #expect(try await server.post(path, #"{"user":"u","text":"/ping","id":"1"}"#).status == 202)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\nbad header\r\n\r\n",
            "POST /webhooks/generic HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        ])
    func whatIsNoHTTPIsAProblemToo(text: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await RawConnection.exchange(text, with: server)
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(answer.lowercased().contains("content-type: application/problem+json"), "\(answer)")
            let body = try #require(answer.firstRange(of: "\r\n\r\n")).upperBound
            let problem = try JSONValue(parsing: String(answer[body...]))
            #expect(problem["code"] == "bad_http")
            #expect(problem["status"] == 400)
        }
    }

    @Test func undeclaredWebhookIsNotThere() async throws {
        try await TestServer.run(.test(webhook: nil)) { server async throws in
            let answer = try await server.post(path, #"{"user":"u","text":"/ping"}"#)
            #expect(answer.status == 404)
            #expect(try answer.problem == "unknown_path")
        }
    }

    @Test func wronglyDeclaredWebhookIsClosed() async throws {
        try await TestServer.run(.test(webhook: ["secret": .string("whsec_§")])) { server async throws in
            #expect(try await server.post(path, #"{"user":"u","text":"/ping"}"#).status == 404)
        }
    }

    @Test func engineThatIsNotReadyTakesNothing() async throws {
        try await TestServer.run(isPrepared: false) { server async throws in
            let answer = try await server.post(path, #"{"user":"u","text":"/ping"}"#)
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "1")
            #expect(try answer.problem == "unavailable")
        }
    }

    @Test(arguments: ["", "?wait=10s"])
    func storeThatCannotWriteTakesNothing(query: String) async throws {
        try await TestServer.run { server async throws in
            server.store.close()
            let answer = try await server.post(path + query, #"{"user":"u","text":"/ping"}"#)
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(try await server.get("/healthz").status == 200)
        }
    }
}
