import Logging
import Synchronization

/// Groups that became supergroups while the engine ran, and so have a new id: what is still addressed to the old one goes to the new one.
///
/// Kept in memory: after a restart, Telegram tells the new id again with the first message.
final class TelegramMigrations: Sendable {
    private let ids = Mutex<[String: Int64]>([:])
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func current(_ chat: TelegramChat) -> TelegramChat {
        guard let id = ids.withLock({ $0[chat.name] }) else { return chat }
        return TelegramChat(name: "\(id)", thread: chat.thread)
    }

    func note(_ chat: TelegramChat, movedTo id: Int64) {
        ids.withLock { $0[chat.name] = id }
        logger.notice(
            "a Telegram group has a new id, because it became a supergroup; lists of channels and scripts that name the old one need it",
            metadata: ["platform": "telegram", "channel": "\(chat.name)", "channel.new": "\(id)"])
    }
}
