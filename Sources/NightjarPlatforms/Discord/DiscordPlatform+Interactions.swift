import Logging
import NIOHTTP1
import NightjarEngine

/// The first answer of an interaction, which Discord shows in the place of "is thinking …".
extension DiscordPlatform {
    func original(_ token: String) -> String { "/webhooks/\(options.applicationID)/\(token)/messages/@original" }

    /// Puts the content where Discord shows that the answer is awaited, unless another one is there already.
    /// - Parameter keys: of the content: its own first, then those of what it takes the place of.
    /// - Returns: nil when there is no interaction, or its first answer is another one.
    func answerInteraction(
        with content: DiscordContent, file: OutboundFile? = nil, route: String?, keys: [String]
    ) async throws -> DiscordMessageReference? {
        let route = DiscordRoute(route)
        guard let token = route.token(at: clock.now), memory.beginAnswer(token, for: keys) else { return nil }
        defer { memory.endAnswer(token) }
        do {
            return try await putAnswer(token, content, file, route, keys)
        } catch let failure as DiscordFailure where failure.isAboutInteraction || failure.isAboutMessage {
            try expectInteraction(route)
            logger.info(
                "an interaction cannot be answered any more, so the answer is a message",
                metadata: ["error": "\(failure.deliveryError(channel: ""))"])
            memory.didAnswer(token)
            return nil
        }
    }

    private func putAnswer(
        _ token: String, _ content: DiscordContent, _ file: OutboundFile?, _ route: DiscordRoute, _ keys: [String]
    ) async throws -> DiscordMessageReference? {
        // Another process may have answered before it was cut off, and this one without being told.
        let shown = try await whenKnown(route, within: DiscordLimits.answerWaitMax) {
            try await api.perform(.init(method: .GET, path: original(token), label: "an answer", isInteraction: true))
        }
        let isAwaited = Self.isAwaited(shown)
        if !isAwaited {
            let (isAttempt, isShown) = (memory.isAttempt(token, of: keys), Self.shows(shown, content, file))
            guard isAttempt || isShown else {
                memory.noteAnswer(token)
                return nil
            }
            // What was attempted may have been less. A file that is sent again would be there twice.
            if !isAttempt || (isShown && file != nil) {
                memory.didAnswer(token)
                return Self.reference(shown)
            }
        }
        if let key = keys.first { memory.willAnswer(token, for: key) }
        let answer = try await api.perform(
            .init(
                method: .PATCH, path: original(token), label: "an answer",
                body: .object(isAwaited ? content.members : content.replacing), file: file, isInteraction: true))
        memory.didAnswer(token)
        return Self.reference(answer)
    }

    private static func reference(_ answer: JSONValue) -> DiscordMessageReference? {
        answer["id"]?.string.map { DiscordMessageReference(id: $0, isOriginal: true) }
    }

    /// Tries for a while: an answer may be ready before Discord has read that it comes later, and it knows no interaction until then.
    /// - Throws: what the last try throws.
    @discardableResult
    func whenKnown<Result>(
        _ route: DiscordRoute, within patience: Duration, _ attempt: () async throws -> Result
    ) async throws -> Result {
        let end = clock.uptime + patience
        var pause = DiscordLimits.deferralPauseMin
        while true {
            do {
                return try await attempt()
            } catch let failure as DiscordFailure where failure.isAboutInteraction || failure.isAboutMessage {
                let left = end - clock.uptime
                guard left > .zero, route.isFresh(at: clock.now) else { throw failure }
                try await clock.sleep(for: min(pause, left))
                pause *= 2
            }
        }
    }

    /// - Throws: ``DeliveryError`` while Discord may still learn of the interaction.
    func expectInteraction(_ route: DiscordRoute) throws {
        guard route.isFresh(at: clock.now) else { return }
        throw DeliveryError("Discord does not know the interaction yet", isRetryable: true, retryAfter: .seconds(1))
    }

    /// Takes "is thinking …" away; it would stand there for 15 minutes and then say that the application did not respond.
    func endActivity(at address: Address, replyRoute: String) async {
        let route = DiscordRoute(replyRoute)
        do {
            try await whenKnown(route, within: DiscordLimits.activityEndWaitMax) { try await endActivity(route) }
        } catch {
            logger.debug("that an answer is awaited could not be taken back", metadata: ["platform": "\(name)", "error": "\(error)"])
        }
    }

    /// Claims the answer for this try alone, so that one that comes before the next try is shown where it is awaited, and stays.
    private func endActivity(_ route: DiscordRoute) async throws {
        guard let token = route.token(at: clock.now), memory.beginAnswer(token) else { return }
        defer { memory.endAnswer(token) }
        let path = original(token)
        let shown = try await api.perform(.init(method: .GET, path: path, label: "an answer", isInteraction: true))
        guard Self.isAwaited(shown) else { return }
        try await api.perform(.init(method: .DELETE, path: path, label: "an answer", isInteraction: true))
        memory.didAnswer(token)
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
}
