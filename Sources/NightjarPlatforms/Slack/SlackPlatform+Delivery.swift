import Crypto
import Logging
public import NightjarEngine

extension SlackPlatform {
    public func deliver(_ message: OutboundMessage) async throws -> String? {
        let content = SlackContent(message)
        let address = message.address
        return try await explainingFailures(in: address.channel) {
            if let file = message.file { return try await upload(file, with: content, of: message) }
            if isPlaced(message) {
                if let draft = message.draft.flatMap(SlackMessageReference.init) { await remove(draft) }
                return nil
            }
            let reference = try await replaceDraft(message.draft, with: content)
            if let reference { return reference.text }
            return try await post(content, to: address, route: message.replyRoute, key: Self.key(message.idempotencyKey))?.text
        }
    }

    /// - Returns: nil when there is nothing that can be replaced, so that a new message is to be sent.
    private func replaceDraft(_ draft: String?, with content: SlackContent) async throws -> SlackMessageReference? {
        guard let reference = draft.flatMap(SlackMessageReference.init) else { return nil }
        if reference.isStream { try await endStream(reference) }
        do {
            try await update(reference, content)
            return reference.ended
        } catch let failure as SlackFailure where failure.isAboutMessage {
            logger.notice(
                "the message that showed a draft cannot be changed, so the answer is sent as a new one",
                metadata: ["channel": "\(reference.channel)", "error.code": "\(failure.code)"])
            // What it shows is the beginning of the answer, so it is in the way; that it stays is no reason to send nothing.
            if failure.code != SlackFailure.messageNotFound {
                _ = try? await api.call("chat.delete", ["channel": .string(reference.channel), "ts": .string(reference.ts)])
            }
            return nil
        }
    }

    func update(_ reference: SlackMessageReference, _ content: SlackContent) async throws {
        do {
            try await api.call("chat.update", content.updating(reference))
        } catch let failure as SlackFailure where failure.code == SlackFailure.stillStreaming {
            try await endStream(reference)
            try await api.call("chat.update", content.updating(reference))
        }
    }

    /// - Parameter key: names the message to Slack, so that it is not shown twice when it is sent twice.
    /// - Returns: nil when what was sent cannot be changed any more.
    func post(_ content: SlackContent, to address: Address, route: String?, key: String?) async throws -> SlackMessageReference? {
        try await pacer.turn(for: address.channel)
        do {
            let answer = try await send(content, to: address, key: key)
            if let thread = address.thread { memory.didPost(to: thread) }
            let channel = answer["channel"]?.string ?? address.channel
            memory.learn(channel, of: address.channel)
            return answer["ts"]?.string.map { SlackMessageReference(channel: channel, ts: $0) }
        } catch let failure as SlackFailure where SlackFailure.outsideCodes.contains(failure.code) {
            // Slash commands work in channels that the app is no member of.
            guard let url = SlackRoute(route).responseURL else { throw failure }
            do {
                try await api.respond(to: url, content.members.merging(["response_type": "in_channel"]) { $1 })
                return nil
            } catch is SlackFailure {
                throw failure
            }
        }
    }

    private func send(_ content: SlackContent, to address: Address, key: String?) async throws -> JSONValue {
        do {
            return try await api.call("chat.postMessage", content.posted(to: address.channel, thread: address.thread, key: key))
        } catch let failure as SlackFailure where SlackFailure.unknownDuplicateCodes.contains(failure.code) {
            // Rather shown twice than not at all.
            return try await api.call("chat.postMessage", content.posted(to: address.channel, thread: address.thread, key: nil))
        }
    }

    /// A `client_msg_id`, by which Slack knows a message that it has already: a UUID (RFC 9562, version 8) made of the outbox's key.
    static func key(_ idempotencyKey: String) -> String {
        var bytes = Array(SHA256.hash(data: Array(idempotencyKey.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let text = HexText.text(bytes)
        let cuts = [0, 8, 12, 16, 20, 32]
        return zip(cuts, cuts.dropFirst()).map { String(text.dropFirst($0).prefix($1 - $0)) }.joined(separator: "-")
    }

    /// Runs a request for a channel. When Slack wants to be left in peace, the channel's later messages wait as well.
    func explainingFailures<Result>(in channel: String, _ request: () async throws -> Result) async throws -> Result {
        do {
            return try await request()
        } catch let failure as SlackFailure {
            if let pause = failure.retryAfter, failure.isTemporary { pacer.pause(pause, for: channel) }
            throw failure.deliveryError(channel: channel)
        } catch let error as DeliveryError {
            if let pause = error.retryAfter { pacer.pause(pause, for: channel) }
            throw error
        }
    }
}
