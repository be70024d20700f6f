import Logging
import NIOHTTP1
import NightjarEngine

extension DiscordPlatform {
    func deliver(_ message: OutboundMessage) async throws -> String? {
        let content = DiscordContent(message)
        let channel = try Self.checked(message.address.channel)
        return try await explainingFailures(in: channel) {
            if message.file == nil, let draft = message.draft.flatMap(DiscordMessageReference.init),
                try await change(draft, to: content, in: channel, route: message.replyRoute, waitMax: nil) != nil
            {
                return draft.text
            }
            let keys = [message.idempotencyKey] + (message.taskID.map { [Self.draftKey($0)] } ?? [])
            if let original = try await answerInteraction(with: content, file: message.file, route: message.replyRoute, keys: keys) {
                return original.text
            }
            return try await post(content, file: message.file, to: channel, route: message.replyRoute, key: message.idempotencyKey)?.text
        }
    }

    func draftPause(at address: Address) -> Duration? { options.showsDrafts ? DiscordLimits.draftPause : nil }

    func show(_ draft: Draft) async throws -> String? {
        let content = DiscordContent(draft: draft.text)
        let channel = try Self.checked(draft.address.channel)
        return try await explainingFailures(in: channel) {
            guard let reference = draft.reference.flatMap(DiscordMessageReference.init) else {
                let key = Self.draftKey(draft.taskID)
                if let original = try await answerInteraction(with: content, route: draft.replyRoute, keys: [key]) { return original.text }
                return try await post(
                    content, to: channel, route: draft.replyRoute, key: key, waitMax: DiscordLimits.draftWaitMax)?.text
            }
            _ = try await change(
                reference, to: content, in: channel, route: draft.replyRoute, waitMax: DiscordLimits.draftWaitMax)
            return reference.text
        }
    }

    /// The same for each showing of a draft that has no reference yet.
    private static func draftKey(_ task: TaskID) -> String { "\(task)#draft" }

    /// What is in a path must not be another path.
    private static func checked(_ channel: String) throws -> String {
        guard DiscordDecoder.isID(channel) else {
            throw DeliveryError("\"\(channel)\" is no channel of Discord's: write its id, like discord:1300000000000000001", isRetryable: false)
        }
        return channel
    }

    // MARK: Messages

    /// - Returns: nil when the message is not there to be changed.
    private func change(
        _ reference: DiscordMessageReference, to content: DiscordContent, in channel: String, route: String?, waitMax: Duration?
    ) async throws -> JSONValue? {
        let body = JSONValue.object(content.replacing)
        do {
            if reference.isOriginal, let token = DiscordRoute(route).token(at: clock.now) {
                return try await api.perform(
                    .init(
                        method: .PATCH, path: original(token), label: "a change", body: body, isInteraction: true,
                        waitMax: waitMax))
            }
            return try await api.perform(
                .init(
                    method: .PATCH, path: "/channels/\(channel)/messages/\(reference.id)", label: "a change", body: body,
                    waitMax: waitMax))
        } catch let failure as DiscordFailure
            where failure.isAboutMessage || failure.isAboutInteraction || failure.isAboutAccess
        {
            logger.notice(
                "the message that showed a draft cannot be changed, so the answer is sent as a new one",
                metadata: ["channel": "\(channel)", "error.code": "\(failure.code)"])
            return nil
        }
    }

    private func post(
        _ content: DiscordContent, file: OutboundFile? = nil, to channel: String, route: String?, key: String?, waitMax: Duration? = nil
    ) async throws -> DiscordMessageReference? {
        let route = DiscordRoute(route)
        do {
            let answer = try await api.perform(
                .init(
                    method: .POST, path: "/channels/\(channel)/messages", label: "a message",
                    body: .object(content.posted(key: key, quoted: route.message)), file: file, waitMax: waitMax))
            return answer["id"]?.string.map { DiscordMessageReference(id: $0) }
        } catch let failure as DiscordFailure where failure.isAboutAccess {
            // Commands work in channels that the bot does not see; what follows the first answer goes the same way.
            guard let token = route.token(at: clock.now) else { throw failure }
            do {
                try await whenKnown(route, within: DiscordLimits.answerWaitMax) {
                    try await api.perform(
                        .init(
                            method: .POST, path: "/webhooks/\(options.applicationID)/\(token)?wait=true", label: "a follow-up",
                            body: .object(content.members), file: file, isInteraction: true, waitMax: waitMax))
                }
            } catch let failure as DiscordFailure where failure.isAboutInteraction {
                try expectInteraction(route)
                throw failure
            }
            return nil
        }
    }

    private func explainingFailures<Result>(in channel: String, _ request: () async throws -> Result) async throws -> Result {
        do {
            return try await request()
        } catch let failure as DiscordFailure {
            throw failure.deliveryError(channel: channel)
        }
    }

    func read(_ file: MessageFile) async throws -> [UInt8] {
        guard FileReader.isKnown(file.reference, hosts: DiscordLimits.fileHosts, api: options.apiURL) else {
            throw DeliveryError("it is not kept by Discord", isRetryable: false)
        }
        return try await api.read(file.reference)
    }
}
