import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite(.timeLimit(.minutes(1))) struct WebSocketClientTests {
    private let client = WebSocketClient(clock: .system)

    /// Everything the server sends, until it closes.
    private func messages(of connection: WebSocketConnection) async throws -> [String] {
        try await connection.messages.reduce(into: []) { $0.append($1) }
    }

    @Test func messagesGoBothWays() async throws {
        try await StandInSocketServer.withServer { socket in
            for await text in socket.messages { try await socket.send("you said: \(text)") }
        } _: { server in
            let heard = try await client.withConnection(to: server.url + "/chat?v=1") { connection in
                try await connection.send("hi")
                try await connection.send("grüß dich 👋")
                var heard: [String] = []
                for try await text in connection.messages {
                    heard.append(text)
                    if heard.count == 2 { break }
                }
                return heard
            }
            #expect(heard == ["you said: hi", "you said: grüß dich 👋"])
            let socket = try #require(server.sockets.all.first)
            await socket.waitForEnd()
            #expect(socket.target == "/chat?v=1")
            #expect(socket.closeCode == 1000)
        }
    }

    @Test(arguments: [0, 125, 126, 65_535, 65_536, 1 << 20])
    func messagesOfAllLengthsArrive(length: Int) async throws {
        let text = String(repeating: "x", count: length)
        try await StandInSocketServer.withServer { socket in
            for await text in socket.messages { try await socket.send(text) }
        } _: { server in
            let heard = try await client.withConnection(to: server.url) { connection in
                try await connection.send(text)
                for try await text in connection.messages { return text }
                return ""
            }
            #expect(heard == text)
        }
    }

    @Test func fragmentsAreOneMessageAndPingsBetweenThemAreAnswered() async throws {
        try await StandInSocketServer.withServer { socket in
            let bytes = Array("grüße".utf8)
            // The second letter's second byte comes with the next fragment.
            try await socket.sendFrame(1, Array(bytes[..<3]), isFinal: false)
            try await socket.sendFrame(9, [7, 8])
            try await socket.sendFrame(0, [], isFinal: false)
            try await socket.sendFrame(0, Array(bytes[3...]))
            try await socket.send("next")
            try await socket.close(code: 1000)
            await socket.waitForEnd()
        } _: { server in
            let heard = try await client.withConnection(to: server.url) { try await messages(of: $0) }
            #expect(heard == ["grüße", "next"])
            #expect(server.sockets.all.first?.received.all == [.pong([7, 8]), .close(1000)])
        }
    }

    @Test(arguments: [(4004, "Authentication failed."), (1000, ""), (nil, "")] as [(UInt16?, String)])
    func serverClosesInGoodOrder(code: UInt16?, reason: String) async throws {
        try await StandInSocketServer.withServer { socket in
            try await socket.send("last words")
            try await socket.close(code: code, reason: reason)
            await socket.waitForEnd()
        } _: { server in
            try await client.withConnection(to: server.url) { connection in
                let heard = try await messages(of: connection)
                #expect(heard == ["last words"])
                #expect(connection.closure == WebSocketClosure(code: code ?? 1005, reason: reason))
                await #expect(throws: WebSocketError.self) { try await connection.send("too late") }
            }
            let socket = try #require(server.sockets.all.first)
            await socket.waitForEnd()
            #expect(socket.received.all == [.close(code ?? 1005)])
        }
    }

    @Test func clientClosesWithCodeOfItsChoice() async throws {
        try await StandInSocketServer.withServer { socket in
            await socket.waitForEnd()
        } _: { server in
            try await client.withConnection(to: server.url) { connection in
                connection.close(code: 4000, reason: "no answer to a heartbeat")
                connection.close(code: 1000)
                let heard = try await messages(of: connection)
                #expect(heard.isEmpty)
            }
            #expect(server.sockets.all.first?.received.all == [.close(4000)])
        }
    }

    @Test func connectionThatBreaksIsAnError() async throws {
        try await StandInSocketServer.withServer { socket in
            try await socket.send("half")
            await socket.drop()
        } _: { server in
            let error = await #expect(throws: WebSocketError.self) {
                try await client.withConnection(to: server.url) { connection in
                    for try await text in connection.messages { #expect(text == "half") }
                }
            }
            #expect(error == WebSocketError(.lost, "the connection broke"))
        }
    }

    @Test func errorOfBodyClosesAtOnce() async throws {
        struct Failure: Error {}
        try await StandInSocketServer.withServer { socket in
            await socket.waitForEnd()
        } _: { server in
            await #expect(throws: Failure.self) {
                try await client.withConnection(to: server.url) { _ in throw Failure() }
            }
            await server.sockets.waitForCount(1)
            await server.sockets.all[0].waitForEnd()
        }
    }

    @Test func cancelEndsTheReading() async throws {
        try await StandInSocketServer.withServer { socket in
            await socket.waitForEnd()
        } _: { server in
            let reading = Task {
                try await client.withConnection(to: server.url) { connection in
                    try await connection.send("here")
                    return try await messages(of: connection)
                }
            }
            await server.sockets.waitForCount(1)
            let socket = server.sockets.all[0]
            await socket.received.waitForCount(1)
            reading.cancel()
            await #expect(throws: CancellationError.self) { try await reading.value }
            await socket.waitForEnd()
        }
    }
}
