import NightjarEngine

/// Telegram on this machine, for tests and for trying things out: a real HTTP server that speaks the Bot API, checks what Telegram
/// checks, and remembers the conversation.
///
/// Persons say things with ``say(_:from:in:thread:)`` and press buttons with ``press(_:of:from:)``: these become updates, which a poll
/// gets, and which ``request(for:secret:)`` makes requests of for a webhook.
public struct StandInTelegram: Sendable {
    public let token: String
    public let username: String
    /// What `api_url` is to be.
    public var baseURL: String { provider.baseURL }
    let provider: StandInProvider
    let record: StandInRecord<StandInTelegramState>
    let methods: StandInTelegramMethods

    /// All it knows now.
    public var state: StandInTelegramState { record.value }

    /// Runs a stand-in for as long as `body` runs.
    /// - Parameters:
    ///   - port: 0 picks a free one.
    ///   - limits: nil takes as many messages as come.
    ///   - hasNativeDrafts: whether it knows `sendMessageDraft`.
    public static func withServer<Result: Sendable>(
        token: String = "123456:stand-in", username: String = "nightjar_bot", port: Int = 0, limits: StandInTelegramLimits? = nil,
        hasNativeDrafts: Bool = false, _ body: (StandInTelegram) async throws -> Result
    ) async throws -> Result {
        let record = StandInRecord(StandInTelegramState())
        let methods = StandInTelegramMethods(
            token: token, username: username, limits: limits, hasNativeDrafts: hasNativeDrafts, record: record)
        return try await StandInProvider.withProvider(port: port, fallback: methods.answer) { provider in
            try await body(StandInTelegram(token: token, username: username, provider: provider, record: record, methods: methods))
        }
    }

    /// Waits for something to have happened: `wait { $0.answers(in: 7).count == 1 }`.
    /// - Throws: `CancellationError`.
    @discardableResult
    public func wait(until condition: @escaping @Sendable (StandInTelegramState) -> Bool) async throws -> StandInTelegramState {
        try await record.wait(until: condition)
    }

    /// The next calls of a method get these answers, in their order.
    public func failNext(_ method: String, _ answers: StandInAnswer...) {
        record.change { $0.scripted[method, default: []] += answers }
    }

    /// An error as Telegram words it, for ``failNext(_:_:)``.
    public static func refusal(status: Int, _ description: String, retryAfter: Int64? = nil) -> StandInAnswer {
        let parameters: [String: JSONValue] = retryAfter.map { ["retry_after": .integer($0)] } ?? [:]
        let refusal = StandInTelegramRefusal(status: status, description: description, parameters: parameters)
        return StandInAnswer(status: status, steps: [.raw(refusal.document.text)])
    }

    /// A webhook's answer may be a call: Telegram makes it.
    public func hear(_ answer: String) {
        guard let call = (try? JSONValue(parsing: answer))?.object, let method = call["method"]?.string else { return }
        methods.perform(inline: method, call)
    }

    /// The person wants to hear no more of the bot.
    public func block(by person: Int64) {
        record.change { _ = $0.blockedBy.insert(person) }
    }

    /// The group becomes a supergroup, which has another id.
    public func migrate(_ group: Int64, to supergroup: Int64) {
        record.change { $0.migrated[group] = supergroup }
    }

    /// A message is deleted.
    public func delete(_ message: Int64, in chat: Int64) {
        record.change { $0.messages.removeAll { $0.chat == chat && $0.id == message } }
    }
}
