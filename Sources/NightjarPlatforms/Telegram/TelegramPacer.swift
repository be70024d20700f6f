import NightjarEngine

/// Telegram's limits: a message a second in a chat, twenty a minute in a group, thirty a second in all.
struct TelegramPacer: Sendable {
    private let chats: SendWindow
    private let groups: SendWindow
    private let all: SendWindow

    init(clock: EngineClock) {
        chats = SendWindow(count: 1, per: TelegramLimits.chatInterval, clock: clock)
        groups = SendWindow(count: TelegramLimits.groupMessagesPerMinute, per: .seconds(60), clock: clock)
        all = SendWindow(count: TelegramLimits.messagesPerSecond, per: .seconds(1), clock: clock)
    }

    /// Waits until a message may be sent to the chat.
    /// - Throws: `CancellationError`.
    func turn(for chat: TelegramChat) async throws {
        if !chat.isPrivate { try await groups.turn(for: chat.name) }
        try await chats.turn(for: chat.name)
        try await all.turn()
    }

    /// How long that would take now.
    func wait(for chat: TelegramChat) -> Duration {
        max(chats.wait(for: chat.name), chat.isPrivate ? .zero : groups.wait(for: chat.name), all.wait())
    }

    /// Telegram wants nothing for this chat for a while.
    func pause(_ duration: Duration, for chat: TelegramChat) {
        chats.pause(duration, for: chat.name)
    }
}
