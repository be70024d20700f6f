import NightjarEngine
import NightjarServer
import NightjarTesting
import NIOHTTP1
import Testing

@Suite struct WebhookAnswerTests {
    private let path = "/webhooks/generic"

    @Test func messageIsTakenAndItsReplyKept() async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post(path, #"{"user":"u","channel":"c","text":"/ping"}"#)
            #expect(answer.status == 202)
            let id = try #require(try answer.json["id"]?.string)
            #expect(try answer.json.object?.count == 1)
            if let watch = server.engine.watch(MessageID(rawValue: id)) { for await _ in watch {} }
            let message = try await server.get("/api/v1/messages/\(id)")
            #expect(message.status == 200)
            #expect(try message.json["replies"] == [["text": "pong", "task": .null]])
            #expect(try message.json["state"] == "handled")
            #expect(try message.json["done"] == true)
            #expect(try message.json["user"] == "webhook:u")
        }
    }

    @Test func waitAnswersACommand() async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post("\(path)?wait=10s", #"{"user":"u","channel":"c","text":"/ping"}"#)
            #expect(answer.status == 200)
            #expect(try answer.json["replies"] == [["text": "pong", "task": .null]])
            #expect(try answer.json["done"] == true)
        }
    }

    @Test func waitIncludesTheCompletionOfATask() async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post("\(path)?wait=10s", #"{"user":"u","text":"/run agent echo hello \"you\" \n 🦉"}"#)
            let replies = try #require(try answer.json["replies"]?.array)
            #expect(replies.count == 2)
            #expect(replies.first?["text"]?.string?.contains("Task started") == true)
            #expect(replies.last?["text"]?.string?.contains("hello \"you\"") == true)
            #expect(replies.last?["text"]?.string?.contains("🦉") == true)
            #expect(replies.last?["task"]?.string == replies.first?["task"]?.string)
            #expect(replies.last?["task"]?.string?.count == 12)
        }
    }

    @Test func waitEndsWithTheRepliesSoFar() async throws {
        let clock = VirtualClock()
        let script = Script()
        try await TestServer.run(.test(model: script.model), clock: .virtual(clock)) { server async throws in
            async let answer = server.post("\(path)?wait=5s", #"{"user":"u","text":"/run agent echo x"}"#)
            // The engine's housekeeping, the task's timeout, and the wait.
            await clock.waitForSleepers(3)
            await clock.advance(by: .seconds(5))
            let soFar = try await answer.json
            let replies = try #require(soFar["replies"]?.array)
            #expect(replies.count == 1)
            #expect(replies.first?["text"]?.string?.contains("Task started") == true)
            #expect(soFar["done"] == false)
            // Its handler has ended, its task has not.
            let message = try await server.get("/api/v1/messages/\(soFar["id"]?.string ?? "")").json
            #expect(message["state"] == "working")
            #expect(message["done"] == false)
            script.end()
        }
    }

    @Test func aFormattersTableIsAnObject() async throws {
        let formatters: [String: any FormatterOverride] = ["webhook": TableFormatter()]
        try await TestServer.run(.test(formatters: formatters)) { server async throws in
            let answer = try await server.post("\(path)?wait=10s", #"{"user":"u","text":"/list agents"}"#).json
            #expect(answer["replies"]?.array?.first?["payload"] == ["color": "red", "text": "shown"])
            #expect(answer["replies"]?.array?.first?["text"] == "shown")
        }
    }

    private struct TableFormatter: FormatterOverride {
        func format(_ content: ReplyContent) async throws -> RenderedMessage? { .payload(["color": "red", "text": "shown"]) }
    }

    @Test func longestWaitIsTakenAndALongerOneRefused() async throws {
        try await TestServer.run { server async throws in
            #expect(try await server.post("\(path)?wait=60s", #"{"user":"u","text":"/ping"}"#).status == 200)
            let answer = try await server.post("\(path)?wait=61s", #"{"user":"u","text":"/ping"}"#)
            #expect(answer.status == 400)
            #expect(try answer.problem == "bad_wait")
            #expect(answer.text.contains("at most 1m"))
        }
    }

    @Test func sameMessageAgainGetsTheFirstAnswer() async throws {
        try await TestServer.run { server async throws in
            let body = #"{"user":"u","channel":"c","text":"/run agent echo once","id":"m-1"}"#
            let first = try await server.post("\(path)?wait=10s", body)
            for query in ["?wait=10s", "", "?wait=0"] {
                let again = try await server.post(path + query, body)
                #expect(again.status == 200)
                #expect(again.text == first.text)
            }
            #expect(try await server.engine.tasks(TaskQuery()).tasks.count == 1)
        }
    }

    @Test func sameMessageAgainWaitsForTheFirstOnesEnd() async throws {
        let script = Script()
        try await TestServer.run(.test(model: script.model)) { server async throws in
            let body = #"{"user":"u","text":"/run agent echo x","id":"m-1"}"#
            #expect(try await server.post(path, body).status == 202)
            let early = try await server.post(path, body)
            #expect(early.status == 200)
            #expect(try early.json["done"] == false)
            async let again = server.post("\(path)?wait=10s", body)
            script.say("done at last")
            script.end()
            let replies = try #require(try await again.json["replies"]?.array)
            #expect(replies.count == 2)
            #expect(replies.last?["text"]?.string?.contains("done at last") == true)
        }
    }

    @Test func sameIDWithAnotherTextIsAConflict() async throws {
        try await TestServer.run { server async throws in
            _ = try await server.post("\(path)?wait=10s", #"{"user":"u","text":"/ping","id":"m-1"}"#)
            for query in ["", "?wait=10s"] {
                let other = try await server.post(path + query, #"{"user":"u","text":"/help","id":"m-1"}"#)
                #expect(other.status == 409)
                #expect(try other.problem == "id_conflict")
            }
        }
    }

    @Test func sameIDOfAnotherUserIsAnotherMessage() async throws {
        try await TestServer.run { server async throws in
            for user in ["a", "b"] {
                #expect(try await server.post(path, #"{"user":"\#(user)","text":"/ping","id":"m-1"}"#).status == 202)
            }
        }
    }

    @Test(arguments: ["webhook-id", "x-github-delivery"])
    func deliveryHeaderStandsForTheID(header: String) async throws {
        try await TestServer.run { server async throws in
            let body = #"{"user":"u","text":"/ping"}"#
            #expect(try await server.post(path, body, headers: [header: "d-1"]).status == 202)
            #expect(try await server.post(path, body, headers: [header: "d-1"]).status == 200)
            #expect(try await server.post(path, body, headers: [header: "d-2"]).status == 202)
        }
    }

    @Test func pathFollowsAReload() async throws {
        try await TestServer.run { server async throws in
            var definitions = Definitions.test(webhook: ["path": .string("/in")])
            definitions.generation = 2
            try await server.engine.install(definitions)
            let body = #"{"user":"u","text":"/ping"}"#
            #expect(try await server.post("/in", body).status == 202)
            #expect(try await server.post(path, body).status == 404)
        }
    }
}
