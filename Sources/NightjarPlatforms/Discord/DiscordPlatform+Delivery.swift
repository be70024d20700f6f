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
            if let original = try await answerInteraction(with: content, file: message.file, route: message.replyRoute) { return original.text }
            return try await post(content, file: message.file, to: channel, route: message.replyRoute, key: message.idempotencyKey)?.text
        }
    }

    func draftPause(at address: Address) -> Duration? { options.showsDrafts ? DiscordLimits.draftPause : nil }

    func show(_ draft: Draft) async throws -> String? {
        let content = DiscordContent(draft: draft.text)
        let channel = try Self.checked(draft.address.channel)
        return try await explainingFailures(in: channel) {
            guard let reference = draft.reference.flatMap(DiscordMessageReference.init) else {
                if let original = try await answerInteraction(with: content, route: draft.replyRoute) { return original.text }
                return try await post(
                    content, to: channel, route: draft.replyRoute, key: "\(draft.taskID)#draft", waitMax: DiscordLimits.draftWaitMax)?.text
            }
            _ = try await change(
                reference, to: content, in: channel, route: draft.replyRoute, waitMax: DiscordLimits.draftWaitMax)
            return reference.text
        }
    }

    /// What is in a path must not be another path.
    private static func checked(_ channel: String) throws -> String {
        guard DiscordDecoder.isID(channel) else {
            throw DeliveryError("\"\(channel)\" is no channel of Discord's: write its id, like discord:1300000000000000001", isRetryable: false)
        }
        return channel
    }

    // MARK: Interactions

    private func original(_ token: String) -> String { "/webhooks/\(options.applicationID)/\(token)/messages/@original" }

    /// Puts the content where Discord shows that the answer is awaited, unless something is there already.
    /// - Returns: nil when there is no interaction, or its first answer is another one.
    private func answerInteraction(
        with content: DiscordContent, file: OutboundFile? = nil, route: String?
    ) async throws -> DiscordMessageReference? {
        let route = DiscordRoute(route)
        guard let token = route.token(at: clock.now), memory.beginAnswer(token) else { return nil }
        defer { memory.endAnswer(token) }
        do {
            // Another process may have answered before it was cut off.
            let shown = try await api.perform(
                .init(method: .GET, path: original(token), label: "an answer", isInteraction: true))
            if !Self.isAwaited(shown) {
                memory.didAnswer(token)
                guard Self.shows(shown, content, file), let id = shown["id"]?.string else { return nil }
                return DiscordMessageReference(id: id, isOriginal: true)
            }
            let answer = try await api.perform(
                .init(
                    method: .PATCH, path: original(token), label: "an answer", body: .object(content.members), file: file,
                    isInteraction: true))
            memory.didAnswer(token)
            return answer["id"]?.string.map { DiscordMessageReference(id: $0, isOriginal: true) }
        } catch let failure as DiscordFailure where failure.isAboutInteraction || failure.isAboutMessage {
            try expectInteraction(route)
            logger.info(
                "an interaction cannot be answered any more, so the answer is a message",
                metadata: ["error": "\(failure.deliveryError(channel: ""))"])
            memory.didAnswer(token)
            return nil
        }
    }

    /// The answer may be ready before Discord has read that it comes later, and knows no interaction until then.
    /// - Throws: ``DeliveryError`` while that may be so.
    private func expectInteraction(_ route: DiscordRoute) throws {
        guard route.isFresh(at: clock.now) else { return }
        throw DeliveryError("Discord does not know the interaction yet", isRetryable: true, retryAfter: .seconds(1))
    }

    /// Takes "is thinking …" away; it would stand there for 15 minutes and then say that the application did not respond.
    func endActivity(at address: Address, replyRoute: String) async {
        guard let token = DiscordRoute(replyRoute).token(at: clock.now), memory.beginAnswer(token) else { return }
        defer { memory.endAnswer(token) }
        let path = original(token)
        do {
            let shown = try await api.perform(.init(method: .GET, path: path, label: "an answer", isInteraction: true))
            guard Self.isAwaited(shown) else { return }
            try await api.perform(.init(method: .DELETE, path: path, label: "an answer", isInteraction: true))
            memory.didAnswer(token)
        } catch {
            logger.debug("that an answer is awaited could not be taken back", metadata: ["platform": "\(name)", "error": "\(error)"])
        }
    }

    private static func isAwaited(_ message: JSONValue) -> Bool { (message["flags"]?.integer ?? 0) & loading != 0 }

    /// The flag of a message that is still awaited.
    private static let loading: Int64 = 1 << 7

    private static func shows(_ message: JSONValue, _ content: DiscordContent, _ file: OutboundFile?) -> Bool {
        if let file { return message["attachments"]?.array?.contains { $0["filename"]?.string == file.name } == true }
        guard let text = content.members["content"]?.string else { return false }
        // Discord keeps no white space around a text.
        return message["content"]?.string?.drop(while: \.isWhitespace) == text[...].drop(while: \.isWhitespace)
            || message["content"]?.string == trimmed(text)
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...].drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
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
                try await api.perform(
                    .init(
                        method: .POST, path: "/webhooks/\(options.applicationID)/\(token)?wait=true", label: "a follow-up",
                        body: .object(content.members), file: file, isInteraction: true, waitMax: waitMax))
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
