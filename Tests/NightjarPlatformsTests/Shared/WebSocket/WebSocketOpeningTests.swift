import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Connections that do not come about, or not without TLS, and those whose server falls silent.
@Suite(.timeLimit(.minutes(1))) struct WebSocketOpeningTests {
    private let client = WebSocketClient(clock: .system)

    private func failure(of client: WebSocketClient, _ url: String) async -> WebSocketError? {
        await #expect(throws: WebSocketError.self) { try await client.withConnection(to: url) { _ in } }
    }

    @Test(arguments: [401, 429, 500])
    func refusalIsToldByItsStatus(status: Int) async throws {
        try await StandInProvider.withProvider(fallback: { _ in StandInAnswer(status: status, steps: [.raw("no")]) }) { server in
            let error = await failure(of: client, server.baseURL.replacing("http:", with: "ws:") + "/?ticket=hush")
            #expect(error?.code == .refused(status: status))
            #expect(error?.message == "127.0.0.1 answered \(status) in place of a WebSocket")
        }
    }

    @Test(arguments: ["sec-websocket-extensions", "sec-websocket-protocol"])
    func whatWasNotAskedForIsNotAgreedUpon(header: String) async throws {
        try await StandInSocketServer.withServer(
            answer: { _ in .agree(headers: [header: "permessage-deflate"]) }, serve: { await $0.waitForEnd() }
        ) { server in
            #expect(await failure(of: client, server.url)?.code == .refused(status: nil))
        }
    }

    @Test func agreementWithoutTheRightKeyIsNone() async throws {
        let headers = ["upgrade": "websocket", "connection": "upgrade", "sec-websocket-accept": "bm9uc2Vuc2U="]
        try await StandInProvider.withProvider(fallback: { _ in StandInAnswer(status: 101, headers: headers, steps: []) }) { server in
            #expect(await failure(of: client, server.baseURL.replacing("http:", with: "ws:")) != nil)
        }
    }

    @Test func framesThatComeWithTheConsentAreNotLost() async throws {
        let frames = [0x81, 0x02] + Array("hi".utf8) + [0x88, 0x02, 0x03, 0xE8]
        try await EagerServer.withServer(frames: frames) { port in
            let heard = try await client.withConnection(to: "ws://127.0.0.1:\(port)") { connection in
                try await connection.messages.reduce(into: []) { $0.append($1) }
            }
            #expect(heard == ["hi"])
        }
    }

    @Test func nobodyListens() async throws {
        #expect(await failure(of: client, "ws://127.0.0.1:1")?.code == .unreachable)
    }

    @Test func serverThatFallsSilentDuringTheHandshakeIsGivenUp() async throws {
        let clock = VirtualClock()
        let client = WebSocketClient(clock: .virtual(clock))
        try await StandInSocketServer.withServer(answer: { _ in .stall }, serve: { _ in }) { server in
            async let error = failure(of: client, server.url)
            await clock.waitForSleepers(1)
            await clock.advance(by: client.limits.handshakeTimeout)
            #expect(await error?.code == .timedOut)
        }
    }

    @Test func handshakeCanBeCancelled() async throws {
        let clock = VirtualClock()
        let client = WebSocketClient(clock: .virtual(clock))
        try await StandInSocketServer.withServer(answer: { _ in .stall }, serve: { _ in }) { server in
            let opening = Task { try await client.withConnection(to: server.url) { _ in } }
            await clock.waitForSleepers(1)
            opening.cancel()
            await #expect(throws: CancellationError.self) { try await opening.value }
        }
    }

    @Test func secureConnectionIsOpened() async throws {
        var client = client
        client.tls = try LoopbackCertificate.trusting()
        try await StandInSocketServer.withServer(
            prepare: LoopbackCertificate.serve,
            serve: { socket in for await text in socket.messages { try await socket.send(text) } }
        ) { [client] server in
            let port = server.authority.split(separator: ":")[1]
            let heard = try await client.withConnection(to: "wss://localhost:\(port)") { connection in
                try await connection.send("hush")
                for try await text in connection.messages { return text }
                return ""
            }
            #expect(heard == "hush")
        }
    }

    @Test func certificateNobodyVouchesForIsRefused() async throws {
        try await StandInSocketServer.withServer(prepare: LoopbackCertificate.serve, serve: { _ in }) { server in
            let port = server.authority.split(separator: ":")[1]
            let error = await failure(of: client, "wss://localhost:\(port)")
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("no secure connection to localhost") == true)
            #expect(server.sockets.count == 0)
        }
    }

    @Test func serverThatDoesNotCloseIsLeftAfterAWhile() async throws {
        let clock = VirtualClock()
        let client = WebSocketClient(clock: .virtual(clock))
        try await StandInSocketServer.withServer { socket in
            socket.fallSilent()
            try await socket.send("hello")
            await socket.waitForEnd()
        } _: { server in
            async let heard = client.withConnection(to: server.url) { connection in
                for try await text in connection.messages { return text }
                return ""
            }
            await server.sockets.waitForCount(1)
            let socket = server.sockets.all[0]
            await socket.received.waitForCount(1)
            await clock.waitForSleepers(1)
            await clock.advance(by: client.limits.closeTimeout)
            let text = try await heard
            #expect(text == "hello")
            await socket.waitForEnd()
            #expect(socket.received.all == [.close(1000)])
        }
    }

    @Test func signsOfLifeAreAskedForAndSilenceIsTheEnd() async throws {
        let clock = VirtualClock()
        var client = WebSocketClient(clock: .virtual(clock))
        client.limits.pingPeriod = .seconds(10)
        let heard = Recorder<String>()
        try await StandInSocketServer.withServer { socket in
            for count in 1...2 {
                await socket.received.waitForCount(count)
                try await socket.send("behind pong \(count)")
            }
            socket.fallSilent()
            await socket.waitForEnd()
        } _: { [client] server in
            async let error = #expect(throws: WebSocketError.self) {
                try await client.withConnection(to: server.url) { connection in
                    heard.add("open")
                    for try await text in connection.messages { heard.add(text) }
                }
            }
            for count in 1...2 {
                // Behind it nobody sleeps but who asks for signs of life.
                await heard.waitForCount(count)
                await clock.waitForSleepers(1)
                await clock.advance(by: .seconds(10))
            }
            await heard.waitForCount(3)
            for _ in 0..<2 {
                await clock.waitForSleepers(1)
                await clock.advance(by: .seconds(10))
            }
            #expect(await error?.code == .timedOut)
            await server.sockets.all[0].waitForEnd()
            #expect(server.sockets.all[0].received.all == [.ping([]), .ping([]), .ping([])])
        }
    }
}
