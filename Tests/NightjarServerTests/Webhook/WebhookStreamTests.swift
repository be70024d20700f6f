import AsyncHTTPClient
import NightjarEngine
import NightjarServer
import NIOCore
import NIOHTTP1
import Testing

@Suite struct WebhookStreamTests {
    private let path = "/webhooks/generic"

    private func open(_ server: TestServer, _ body: String) async throws -> EventReader {
        let response = try await server.open(
            .POST, path, headers: ["accept": "text/event-stream"], body: ByteBuffer(string: body))
        #expect(response.status == .ok)
        #expect(response.headers.first(name: "content-type") == "text/event-stream")
        return EventReader(response)
    }

    /// Each piece is read before the next is said, so none can have been held back.
    @Test(.timeLimit(.minutes(1))) func piecesArriveAsTheyAreSaid() async throws {
        let script = Script()
        try await TestServer.run(.test(model: script.model)) { server async throws in
            var events = try await open(server, #"{"user":"u","text":"hello"}"#)
            let ack = try #require(try await events.next())
            #expect(ack.name == "ack")
            let id = try #require(ack.data["id"]?.string)
            for piece in ["one", " two", "\nthree \"3\""] {
                script.say(piece)
                let event = try #require(try await events.next())
                #expect(event.name == "delta")
                #expect(event.data["text"] == .string(piece))
                #expect(event.data["attempt"] == 1)
            }
            script.end()
            let message = try #require(try await events.next())
            #expect(message.name == "message")
            #expect(message.data["text"] == "one two\nthree \"3\"")
            #expect(try await events.next() == EventReader.Event(name: "end", data: ["id": .string(id)]))
            #expect(try await events.next() == nil)
        }
    }

    @Test(.timeLimit(.minutes(1))) func commandStreamsItsReply() async throws {
        try await TestServer.run { server async throws in
            var events = try await open(server, #"{"user":"u","text":"/ping"}"#)
            #expect(try await events.next()?.name == "ack")
            #expect(try await events.next() == EventReader.Event(name: "message", data: ["text": "pong", "task": .null]))
            #expect(try await events.next()?.name == "end")
        }
    }

    @Test(.timeLimit(.minutes(1))) func sameMessageAgainTellsTheFirstAnswer() async throws {
        try await TestServer.run { server async throws in
            let body = #"{"user":"u","text":"/ping","id":"1"}"#
            let first = try await server.post("\(path)?wait=10s", body)
            var events = try await open(server, body)
            #expect(try await events.next()?.data["id"] == first.json["id"])
            #expect(try await events.next()?.data["text"] == "pong")
            #expect(try await events.next()?.name == "end")
            #expect(try await events.next() == nil)
        }
    }

    @Test(.timeLimit(.minutes(1))) func sameMessageAgainJoinsTheFirstInProgress() async throws {
        let script = Script()
        try await TestServer.run(.test(model: script.model)) { server async throws in
            let body = #"{"user":"u","text":"hello","id":"1"}"#
            var first = try await open(server, body)
            #expect(try await first.next()?.name == "ack")
            var second = try await open(server, body)
            #expect(try await second.next()?.name == "ack")
            script.say("hi")
            #expect(try await second.next()?.data["text"] == "hi")
            script.end()
            #expect(try await second.next()?.name == "message")
            #expect(try await second.next()?.name == "end")
        }
    }

    @Test(.timeLimit(.minutes(1))) func clientThatGoesDoesNotStopTheWork() async throws {
        let script = Script()
        try await TestServer.run(.test(model: script.model)) { server async throws in
            var id = ""
            do {
                var events = try await open(server, #"{"user":"u","text":"hello"}"#)
                id = try await events.next()?.data["id"]?.string ?? ""
            }
            // The response is dropped, so its connection is closed; the model has not said a word yet.
            let watch = server.engine.watch(MessageID(rawValue: id))
            script.say("still here")
            script.end()
            for await _ in try #require(watch) {}
            let message = try await server.get("/api/v1/messages/\(id)")
            #expect(try message.json["replies"]?.array?.first?["text"] == "still here")
        }
    }

    /// No comment is due for an hour, and the model says nothing: only the closed connection can tell.
    @Test(.timeLimit(.minutes(1))) func clientThatGoesIsNoticedAtOnce() async throws {
        let script = Script()
        let configuration = NightjarServerConfiguration(port: 0, keepAlivePeriod: .seconds(3600))
        try await TestServer.run(.test(model: script.model), configuration: configuration) { server async throws in
            let body = #"{"user":"u","text":"hello","id":"1"}"#
            try await RawConnection.open(to: server) { inbound, outbound in
                try await outbound.write(
                    ByteBuffer(
                        string: """
                            POST \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\
                            content-length: \(body.utf8.count)\r\n\r\n\(body)
                            """))
                var answer = ""
                for try await piece in inbound {
                    answer += String(buffer: piece)
                    if answer.contains("event: ack") { break }
                }
            }
            let id = MessageID(rawValue: try await server.post(path, body).json["id"]?.string ?? "")
            while server.engine.isWatched(id) { await Task.yield() }
            #expect(server.engine.isOpen(id))
            script.end()
        }
    }

    @Test(.timeLimit(.minutes(1))) func idleStreamIsKeptAlive() async throws {
        let script = Script()
        let configuration = NightjarServerConfiguration(port: 0, keepAlivePeriod: .milliseconds(5))
        try await TestServer.run(.test(model: script.model), configuration: configuration) { server async throws in
            var events = try await open(server, #"{"user":"u","text":"hello"}"#)
            #expect(try await events.nextFrame()?.hasPrefix("event: ack") == true)
            #expect(try await events.nextFrame() == ": keep-alive")
            #expect(try await events.nextFrame() == ": keep-alive")
            script.end()
            #expect(try await events.next()?.name == "message")
            #expect(try await events.next()?.name == "end")
            #expect(try await events.next() == nil)
        }
    }

    @Test func conflictIsAProblemNotAStream() async throws {
        try await TestServer.run { server async throws in
            _ = try await server.post(path, #"{"user":"u","text":"/ping","id":"1"}"#)
            let answer = try await server.post(
                path, #"{"user":"u","text":"/help","id":"1"}"#, headers: ["accept": "text/event-stream"])
            #expect(answer.status == 409)
        }
    }
}
