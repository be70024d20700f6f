import NightjarEngine

extension TelegramPlatform: ReceivingPlatform {
    /// Carries the secret that `setWebhook` was told.
    static let secretHeader = "x-telegram-bot-api-secret-token"

    func receive(_ request: PlatformRequest) -> PlatformReception {
        guard options.mode == .webhook, let secret = options.secretToken else {
            return .refused(status: 404, code: "unknown_path", reason: "Telegram's messages are asked for here, and not taken.")
        }
        guard let token = request.header(Self.secretHeader), ConstantTime.areEqual(token, secret.reveal()) else {
            return .refused(
                status: 401, code: "not_genuine", reason: "X-Telegram-Bot-Api-Secret-Token is missing, doubled or not the right one.")
        }
        guard request.method == .post else {
            return .refused(status: 405, code: "wrong_method", reason: "Telegram sends its updates by POST.")
        }
        do throws(TelegramUpdateError) {
            let update = try TelegramUpdate(parsing: request.body)
            return reception(of: read(update, at: request.receivedAt))
        } catch {
            return .refused(status: 400, code: "bad_json", reason: "The body is no update of Telegram's: \(error).")
        }
    }

    func read(_ update: TelegramUpdate, at moment: Timestamp) -> TelegramIntake {
        TelegramDecoder(allowed: options.allowed).read(update, username: username, at: moment)
    }

    private func reception(of intake: TelegramIntake) -> PlatformReception {
        switch intake {
        case .message(let message):
            return .taken([.message(message)]) { _ in PlatformAnswer() }
        case .choice(let choice, let press):
            return .taken([.choice(choice)]) { [chores] outcomes in
                if let outcome = outcomes.first { chores.removeButtons(of: press, after: outcome) }
                return Self.inline("answerCallbackQuery", press.answer(outcomes.first))
            }
        case .pressOfNothing(let press):
            return .answered(Self.inline("answerCallbackQuery", press.answer(nil)))
        case .nothing:
            return .answered(PlatformAnswer())
        case .undecided:
            return .refused(status: 503, code: "unavailable", reason: "The bot's own name is not known yet; Telegram is to come again.")
        }
    }

    /// The answer to a webhook may be a call itself: https://core.telegram.org/bots/api#making-requests-when-getting-updates.
    private static func inline(_ method: String, _ parameters: [String: JSONValue]) -> PlatformAnswer {
        .json(.object(parameters.merging(["method": .string(method)]) { $1 }))
    }
}

extension TelegramChores {
    /// A question that is answered needs its buttons no longer.
    func removeButtons(of press: TelegramPress, after outcome: PlatformEventOutcome) {
        if let parameters = press.removal(after: outcome) { add(TelegramChore(method: "editMessageReplyMarkup", parameters: parameters)) }
    }
}
