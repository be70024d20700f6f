import HTTPTypes
import NightjarEngine
import NightjarPlatforms
import NightjarTesting
import Testing

@Suite struct WebhookPlatformTests {
    private func message(to url: String?, task: TaskID? = nil) -> OutboundMessage {
        let entry = OutboxEntry(
            address: Address(platform: "webhook", channel: "c", user: "u"), replyRoute: url, content: .text("hi \"there\""),
            messageID: MessageID(rawValue: "m1"), taskID: task, createdAt: Timestamp(milliseconds: 0))
        return OutboundMessage(entry, rendered: .text("hi \"there\""))
    }

    @Test func callbackGetsTheReply() async throws {
        try await withReceiver(status: .noContent) { receiver in
            let message = message(to: receiver.url, task: TaskID(rawValue: "t1"))
            _ = try await WebhookPlatform.withPlatform(callbackHosts: { ["127.0.0.1"] }) { try await $0.deliver(message) }
            let request = try #require(receiver.requests.first)
            #expect(try JSONValue(parsing: request.body) == ["id": "m1", "text": "hi \"there\"", "task": "t1", "kind": "text"])
            #expect(request.idempotencyKey == message.id)
        }
    }

    @Test func replyOfNoTaskSaysNull() async throws {
        try await withReceiver(status: .ok) { receiver in
            let message = message(to: receiver.url)
            _ = try await WebhookPlatform.withPlatform(callbackHosts: { ["127.0.0.1"] }) { try await $0.deliver(message) }
            let body = try #require(receiver.requests.first?.body)
            #expect(try JSONValue(parsing: body)["task"] == .null)
        }
    }

    @Test func withoutCallbackNothingIsSent() async throws {
        _ = try await WebhookPlatform.withPlatform(callbackHosts: { [] }) { try await $0.deliver(message(to: nil)) }
    }

    @Test func hostThatIsNotListedIsNeverAsked() async throws {
        try await withReceiver(status: .ok) { receiver in
            let error = await failure(of: message(to: receiver.url), hosts: ["example.com"])
            #expect(error?.isRetryable == false)
            #expect(receiver.requests.isEmpty)
        }
    }

    @Test(arguments: [
        (400, false), (401, false), (404, false), (408, true), (410, false), (425, true), (429, true), (500, true), (503, true),
    ])
    func failuresAreClassified(status: Int, isRetryable: Bool) async throws {
        try await withReceiver(status: .init(code: status), headers: [.retryAfter: "7"]) { receiver in
            let error = try #require(await failure(of: message(to: receiver.url), hosts: ["127.0.0.1"]))
            #expect(error.isRetryable == isRetryable)
            #expect(error.retryAfter == (isRetryable ? .seconds(7) : nil))
        }
    }

    @Test func redirectIsNotFollowed() async throws {
        try await withReceiver(status: .temporaryRedirect, headers: [.location: "/elsewhere"]) { receiver in
            let error = try #require(await failure(of: message(to: receiver.url), hosts: ["127.0.0.1"]))
            #expect(!error.isRetryable)
            #expect(receiver.requests.count == 1)
        }
    }

    @Test func receiverThatIsDownIsTriedAgain() async throws {
        var url = ""
        try await withReceiver(status: .ok) { url = $0.url }
        let error = try #require(await failure(of: message(to: url), hosts: ["127.0.0.1"]))
        #expect(error.isRetryable)
    }

    /// A receiver that answers none of them before all have come.
    @Test func slowReceiverHoldsUpNoOtherCallback() async throws {
        // More than the eight that the client allows by default.
        let count = 12
        let arrived = Recorder<Void>()
        let receiver: @Sendable (StandInRequest) async -> StandInAnswer = { _ in
            arrived.add(())
            await arrived.waitForCount(count)
            return StandInAnswer(steps: [.raw("")])
        }
        try await StandInProvider.withProvider(fallback: receiver) { receiver in
            try await WebhookPlatform.withPlatform(callbackHosts: { ["127.0.0.1"] }) { platform in
                await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<count { group.addTask { _ = try await platform.deliver(message(to: receiver.baseURL + "/callback")) } }
                    while let result = await group.nextResult() { #expect(throws: Never.self) { try result.get() } }
                }
            }
            // Lets go of those that came when some did not.
            for _ in 0..<count { arrived.add(()) }
        }
    }

    private func failure(of message: OutboundMessage, hosts: [String]) async -> DeliveryError? {
        do {
            _ = try await WebhookPlatform.withPlatform(callbackHosts: { hosts }) { try await $0.deliver(message) }
            return nil
        } catch {
            return error as? DeliveryError
        }
    }
}
