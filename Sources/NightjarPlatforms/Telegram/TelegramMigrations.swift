import Logging
import Synchronization

/// Groups that became supergroups while the engine ran, and so have a new id: what is still addressed to the old one goes to the new one.
///
/// Kept in memory: after a restart, Telegram tells the new id again when something is sent to the old one.
final class TelegramMigrations: Sendable {
    /// A group that is forgotten is told of again by Telegram, at the cost of one call.
    private static let groupsMax = 1024

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
        ids.withLock { ids in
            if ids.count >= Self.groupsMax { ids = [:] }
            ids[chat.name] = id
        }
        logger.notice(
            "a Telegram group has a new id, because it became a supergroup; lists of channels and scripts that name the old one need it",
            metadata: ["platform": "telegram", "channel": "\(chat.name)", "channel.new": "\(id)"])
    }
}
