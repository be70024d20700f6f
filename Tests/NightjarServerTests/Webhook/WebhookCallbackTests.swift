import NIOCore
import NightjarEngine
import NightjarServer
import Testing

@Suite struct WebhookCallbackTests {
    /// The callback goes to a second server's own webhook, whose body it does not fit; that it arrived there is enough here.
    @Test func repliesAreBothAnsweredAndPosted() async throws {
        try await TestServer.run { receiver async throws in
            let settings = EngineSettings(callbackHosts: ["127.0.0.1"])
            try await TestServer.run(.test(settings: settings)) { server async throws in
                let url = "\(receiver.base)/webhooks/generic"
                let answer = try await server.post(
                    "/webhooks/generic?wait=10s", #"{"user":"u","text":"/ping","callback_url":"\#(url)"}"#)
                #expect(answer.status == 200)
                #expect(try answer.json["replies"] == [["text": "pong", "task": .null]])
            }
        }
    }
}
