import NightjarEngine

/// Makes of Telegram's updates what they are to the engine: a pure function.
struct TelegramDecoder: Sendable {
    let allowed: PlatformAllowList

    /// - Parameter username: the bot's; nil while it is not known.
    func read(_ update: TelegramUpdate, username: String?, at moment: Timestamp) -> TelegramIntake {
        if let query = update.callbackQuery { return press(query) }
        if let message = update.message { return self.message(message, of: update.id, username: username, at: moment) }
        // An edited message, a poll, a new member: no input.
        return .nothing
    }

    private func message(
        _ message: TelegramUpdate.Message, of update: Int64, username: String?, at moment: Timestamp
    ) -> TelegramIntake {
        // Who speaks in the name of a chat cannot be told from others who do, and so is on no list.
        guard let sender = message.from, sender.isBot != true, message.viaBot == nil, message.senderChat == nil,
            let text = message.text ?? message.caption ?? (message.file == nil ? nil : ""), admits(sender, in: message.chat)
        else { return .nothing }
        switch TelegramSpeech(text, username: username) {
        case .forAnother: return .nothing
        case .undecided: return .undecided
        case .said(let said):
            // No text has a use for it, and not every store can keep it.
            let said = said.filter { $0 != "\0" }
            let files = message.file.map { [Self.file($0)] } ?? []
            guard said.contains(where: { !$0.isWhitespace }) || !files.isEmpty else { return .nothing }
            return .message(
                InboundMessage(
                    address: address(message, of: sender), externalID: "update:\(update)", text: said,
                    replyRoute: TelegramRoute(message: message.id).text, receivedAt: moment, files: files))
        }
    }

    private static func file(_ sent: (file: TelegramUpdate.File, type: String)) -> MessageFile {
        let type = sent.file.type ?? sent.type
        let name = sent.file.name ?? type.split(separator: "/").first.map { "\($0)." + (type.split(separator: "/").last ?? "bin") }
        return MessageFile(name: name, type: type, size: sent.file.size, reference: sent.file.id)
    }

    private func press(_ query: TelegramUpdate.CallbackQuery) -> TelegramIntake {
        let press = TelegramPress(id: query.id, chat: query.message?.chat.id, message: query.message?.id)
        guard let message = query.message, let payload = query.data, query.from.isBot != true, admits(query.from, in: message.chat),
            let choice = QuestionChoice(payload: payload, address: address(message, of: query.from))
        else { return .pressOfNothing(press) }
        return .choice(choice, press)
    }

    private func address(_ message: TelegramUpdate.Message, of user: TelegramUpdate.User) -> Address {
        Address(
            platform: TelegramPlatform.platformName, channel: "\(message.chat.id)",
            thread: message.isTopicMessage == true ? message.threadID.map { "\($0)" } : nil, user: "\(user.id)")
    }

    private func admits(_ user: TelegramUpdate.User, in chat: TelegramUpdate.Chat) -> Bool {
        allowed.admits(workspace: nil, channels: names(chat.id, chat.username), users: names(user.id, user.username))
    }

    /// Names are the same in upper and lower case; a list may have either.
    private func names(_ id: Int64, _ username: String?) -> [String] {
        guard let username else { return ["\(id)"] }
        return ["\(id)", "@\(username)", "@\(username.lowercased())"]
    }
}
