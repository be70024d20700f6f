import Logging
import NightjarEngine

/// Sends and changes messages: at Telegram's pace, to where a group is now, and without its markup when Telegram cannot read that.
struct TelegramSender: Sendable {
    /// What `sendMessage` and `editMessageText` tell of the message.
    private struct Sent: Decodable, Sendable {
        var message_id: Int64
    }

    let api: TelegramAPI
    let pacer: TelegramPacer
    let migrations: TelegramMigrations
    let logger: Logger

    /// - Returns: the message's id; nil when Telegram did not tell it.
    /// - Throws: ``DeliveryError``, `CancellationError`.
    func send(_ message: TelegramOutgoing, to chat: TelegramChat) async throws -> Int64? {
        do {
            return try await perform("sendMessage", message, in: chat) { $0.sending(to: $1) }
        } catch let failure as TelegramFailure {
            throw failure.delivery
        }
    }

    /// - Throws: ``DeliveryError``, `CancellationError`.
    func sendDocument(_ file: OutboundFile, _ message: TelegramOutgoing, to chat: TelegramChat) async throws {
        do {
            _ = try await perform("sendDocument", message, file: file, in: chat) { $0.sending(to: $1) }
        } catch let failure as TelegramFailure {
            throw failure.delivery
        }
    }

    /// - Returns: false when the message is not there to be changed.
    /// - Throws: ``DeliveryError``, `CancellationError`.
    func edit(_ id: Int64, to message: TelegramOutgoing, in chat: TelegramChat) async throws -> Bool {
        do {
            _ = try await perform("editMessageText", message, in: chat) { $0.editing(id, in: $1) }
            return true
        } catch let failure as TelegramFailure {
            switch failure.kind {
            case .notModified: return true
            case .messageGone: return false
            default: throw failure.delivery
            }
        }
    }

    /// Shows an unfinished answer in a private chat, where it goes away by itself.
    /// - Returns: false when Telegram has no such thing for the bot.
    /// - Throws: ``DeliveryError``, `CancellationError`.
    func showNativeDraft(_ id: Int64, _ message: TelegramOutgoing, in chat: TelegramChat) async throws -> Bool {
        do {
            _ = try await perform("sendMessageDraft", message, in: chat) { message, chat in
                var parameters = message.parameters.filter { ["text", "parse_mode"].contains($0.key) }
                parameters["draft_id"] = .integer(id)
                return parameters.merging(chat.parameters) { own, _ in own }
            }
            return true
        } catch let failure as TelegramFailure {
            switch failure.kind {
            // What one chat does not want says nothing of the others.
            case .tooManyRequests, .unavailable, .forbidden: throw failure.delivery
            default: return false
            }
        }
    }

    private typealias Parameters = @Sendable (TelegramOutgoing, TelegramChat) -> [String: JSONValue]

    private func perform(
        _ method: String, _ message: TelegramOutgoing, file: OutboundFile? = nil, in chat: TelegramChat, parameters: Parameters
    ) async throws -> Int64? {
        var message = message
        var chat = migrations.current(chat)
        var hasMoved = false
        var isPlain = false
        while true {
            try await pacer.turn(for: chat)
            do {
                return try await api.call(
                    method, parameters(message, chat), returning: Sent.self, file: file,
                    timeout: file == nil ? nil : TelegramLimits.uploadTimeout)?.message_id
            } catch let failure as TelegramFailure {
                switch failure.kind {
                case .migrated(let id) where !hasMoved:
                    hasMoved = true
                    migrations.note(chat, movedTo: id)
                    chat = migrations.current(chat)
                case .markup where !isPlain:
                    isPlain = true
                    message = try withoutMarkup(message, isDocument: file != nil, failure)
                case .tooManyRequests:
                    pacer.pause(failure.retryAfter ?? TelegramLimits.pauseMin, for: chat)
                    throw failure
                default:
                    throw failure
                }
            }
        }
    }

    private func withoutMarkup(_ message: TelegramOutgoing, isDocument: Bool, _ failure: TelegramFailure) throws -> TelegramOutgoing {
        let plain = message.plain
        // A document is something to be seen without a text.
        guard isDocument || !plain.isBlank else { throw failure }
        logger.warning(
            "Telegram could not read a message's markup, so it is sent as plain text",
            metadata: ["platform": "telegram", "error": "\(failure)"])
        return plain
    }
}
