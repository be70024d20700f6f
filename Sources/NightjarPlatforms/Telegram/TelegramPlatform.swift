import Logging
import NightjarEngine
import Synchronization

/// A Telegram bot: https://core.telegram.org/bots/api. Messages come to a webhook or are asked for; answers are sent in HTML.
///
/// Telegram has no key by which it would know a message that is sent twice, so a crash between a send and its record shows it again.
final class TelegramPlatform: Platform {
    static let platformName = "telegram"

    let name = platformName
    let layout: any TextLayout = DialectLayout(platform: platformName)
    let capabilities = PlatformCapabilities(showsActivity: true, buttonsMax: TelegramLimits.buttonsMax, fileBytesMax: FileLimits.uploadBytesMax)
    let options: TelegramOptions
    let api: TelegramAPI
    let sender: TelegramSender
    let chores = TelegramChores()
    let logger: Logger
    private let pacer: TelegramPacer
    private let migrations: TelegramMigrations
    private let activity: SendWindow
    private let knownName = Mutex<String?>(nil)
    private let takesNativeDrafts = Mutex(true)
    /// Files whose comment is there, and they are not yet.
    let placedComments = RecentKeys(max: TelegramLimits.rememberedMax)

    init(_ options: TelegramOptions, _ context: PlatformContext, timeouts: TelegramTimeouts = TelegramTimeouts()) {
        self.options = options
        logger = context.logger
        api = TelegramAPI(options, client: VendorClient(http: context.http, vendor: "Telegram"), timeouts: timeouts)
        pacer = TelegramPacer(clock: context.clock)
        migrations = TelegramMigrations(logger: context.logger)
        sender = TelegramSender(api: api, pacer: pacer, migrations: migrations, logger: context.logger)
        activity = SendWindow(count: 1, per: TelegramLimits.activityPeriod, clock: context.clock)
    }

    /// The bot's, without `@`; nil until Telegram has told it.
    var username: String? {
        get { knownName.withLock { $0 } }
        set { knownName.withLock { $0 = newValue } }
    }

    // MARK: Sending

    func deliver(_ message: OutboundMessage) async throws -> String? {
        let outgoing = try TelegramOutgoing(message)
        if let file = message.file { return try await deliver(file, with: outgoing, of: message) }
        guard !outgoing.isBlank else {
            logger.debug("an empty message is not sent", metadata: ["platform": "\(name)", "outbox.id": "\(message.id)"])
            return message.draft
        }
        return try await place(outgoing, at: message.address, inPlaceOf: message.draft)
    }

    func draftPause(at address: Address) -> Duration? {
        guard options.showsDrafts else { return nil }
        return TelegramChat(address).isPrivate ? TelegramLimits.draftPausePrivate : TelegramLimits.draftPauseGroup
    }

    func show(_ draft: Draft) async throws -> String? {
        let chat = migrations.current(TelegramChat(draft.address))
        let outgoing = TelegramOutgoing(html: draft.text, quoted: TelegramRoute(draft.replyRoute)?.message)
        guard !outgoing.isBlank else { return draft.reference }
        let wait = pacer.wait(for: chat)
        guard wait <= TelegramLimits.draftWaitMax else {
            throw DeliveryError("Telegram takes no draft for this chat now", isRetryable: true, retryAfter: wait)
        }
        if let reference = try await showNatively(draft, outgoing, in: chat) { return reference }
        return try await place(outgoing, at: draft.address, inPlaceOf: draft.reference)
    }

    func showActivity(at address: Address, replyRoute: String?) async {
        let chat = migrations.current(TelegramChat(address))
        let key = "\(chat.name)/\(chat.thread ?? 0)"
        guard pacer.wait(for: chat) <= TelegramLimits.chatInterval, activity.turnNow(for: key) else { return }
        do {
            try await api.call("sendChatAction", chat.parameters.merging(["action": "typing"]) { $1 }, timeout: api.timeouts.chore)
        } catch {
            if let failure = error as? TelegramFailure, failure.kind == .tooManyRequests {
                pacer.pause(failure.retryAfter ?? TelegramLimits.pauseMin, for: chat)
            }
            logger.debug("an activity could not be shown", metadata: ["platform": "\(name)", "error": "\(error)"])
        }
    }

    /// Changes the message that shows the draft, or sends a new one when there is none, or none any more.
    /// - Returns: the message's id.
    func place(_ outgoing: TelegramOutgoing, at address: Address, inPlaceOf reference: String?) async throws -> String? {
        let chat = TelegramChat(address)
        if let reference, let id = Int64(reference), try await sender.edit(id, to: outgoing, in: chat) { return reference }
        return try await sender.send(outgoing, to: chat).map { "\($0)" }
    }

    /// - Returns: nil where drafts are messages that change.
    private func showNatively(_ draft: Draft, _ outgoing: TelegramOutgoing, in chat: TelegramChat) async throws -> String? {
        guard options.usesNativeDrafts, chat.isPrivate, takesNativeDrafts.withLock({ $0 }),
            draft.reference.map({ Int64($0) == nil }) ?? true
        else { return nil }
        let id = Self.draftNumber(of: draft.taskID)
        // The message that is sent in the end takes its place by itself: this is no message's id.
        if try await sender.showNativeDraft(id, outgoing, in: chat) { return "draft \(id)" }
        takesNativeDrafts.withLock { $0 = false }
        logger.notice(
            "Telegram has no drafts for this bot, so unfinished answers are messages that change", metadata: ["platform": "\(name)"])
        return nil
    }

    /// The same for each look at a task's draft, and never 0, which Telegram does not take: FNV-1a in 31 bits.
    private static func draftNumber(of task: TaskID) -> Int64 {
        let hash = task.rawValue.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return max(1, Int64(hash & 0x7FFF_FFFF))
    }
}
