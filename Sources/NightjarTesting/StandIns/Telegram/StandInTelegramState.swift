public import NightjarEngine

/// All that the stand-in knows.
public struct StandInTelegramState: Sendable {
    /// In the order in which they came; the bot's and people's.
    public internal(set) var messages: [StandInTelegramMessage] = []
    public internal(set) var calls: [StandInTelegramCall] = []
    /// As `setMyCommands` was told.
    public internal(set) var commands: [JSONValue] = []
    /// As `setWebhook` was told; nil while none is set.
    public internal(set) var webhook: [String: JSONValue]?
    /// What `answerCallbackQuery` said, by the query; empty when it said nothing.
    public internal(set) var notes: [String: String] = [:]
    /// Drafts of `sendMessageDraft` as they look now, by chat.
    public internal(set) var nativeDrafts: [Int64: String] = [:]
    /// Updates that were not confirmed by a later `getUpdates`.
    public internal(set) var updates: [JSONValue] = []

    var lastUpdate: Int64 = 1000
    var lastMessage: Int64 = 0
    var lastQuery = 0
    /// The poll that waits now; one that finds another here has been terminated by it.
    var poll = 0
    var blockedBy: Set<Int64> = []
    var migrated: [Int64: Int64] = [:]
    var scripted: [String: [StandInAnswer]] = [:]
    /// When messages were sent, by chat, as far as limits look back.
    var sends: [Int64: [ContinuousClock.Instant]] = [:]

    /// What a chat looks like.
    /// What people sent, by its id.
    var files: [String: StandInFile] = [:]

    public func messages(in chat: Int64) -> [StandInTelegramMessage] {
        messages.filter { $0.chat == chat }
    }

    /// What the bot said in a chat.
    public func answers(in chat: Int64) -> [StandInTelegramMessage] {
        messages.filter { $0.chat == chat && $0.isFromBot }
    }

    public func calls(of method: String) -> [StandInTelegramCall] {
        calls.filter { $0.method == method }
    }
}
