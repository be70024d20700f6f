import NightjarEngine

extension DiscordDecoder {
    private static let typed: Set<Int> = [0, 19]

    /// A message that the Gateway tells of.
    /// - Parameter bot: the bot's own user.
    /// - Returns: nil when it is not for the engine: of a bot, of somebody who may not talk to it, between other people.
    func readMessage(_ body: [UInt8], bot: String?, receivedAt: Timestamp) throws(DiscordRefusal) -> InboundMessage? {
        let message: DiscordMessage = try Self.decoded(body)
        guard message.author.bot != true, message.webhookID == nil, message.author.id != bot,
            Self.typed.contains(message.type ?? 0)
        else {
            return nil
        }
        let id = try Self.checked(message.id, "id")
        let channel = try Self.checked(message.channelID, "channel_id")
        let user = try Self.checked(message.author.id, "author.id")
        let content = (message.content ?? "").replacing("\0", with: "")
        let isMention =
            bot.map { bot in message.mentions?.contains { $0.id == bot } == true || Self.leadingMention(content, of: bot) != nil
            } ?? false
        let isDirect = message.guildID == nil
        guard isDirect || isMention || options.takesChannelMessages || SpokenPrefix.begins(content, withOneOf: options.prefixes)
        else { return nil }
        guard options.allowed.admits(workspace: message.guildID, channels: [channel], users: [user]) else {
            return nil
        }
        let files = files(of: message)
        guard let text = text(of: content, bot: bot, isMention: isMention, files: files)
        else { return nil }
        return InboundMessage(
            address: Address(platform: DiscordPlatform.platformName, channel: channel, user: user), externalID: id, text: text,
            replyRoute: DiscordRoute(message: id).text, receivedAt: receivedAt, files: files)
    }

    private func files(of message: DiscordMessage) -> [MessageFile] {
        (message.attachments ?? []).compactMap { file in
            guard let url = file.url, FileReader.isKnown(url, hosts: DiscordLimits.fileHosts, api: options.apiURL) else { return nil }
            return MessageFile(name: file.filename, type: file.contentType, size: file.size, reference: url)
        }
    }

    /// - Returns: nil when there is nothing to answer.
    private func text(of content: String, bot: String?, isMention: Bool, files: [MessageFile]) -> String? {
        let own = bot.flatMap { Self.leadingMention(content, of: $0) } ?? content[...]
        if own.contains(where: { !$0.isWhitespace }) { return String(own) }
        if !files.isEmpty { return "" }
        // Who calls its name and says nothing wants to know what it can do.
        return isMention ? "/help" : nil
    }

    /// The text behind the mention that it begins with; nil when it begins otherwise.
    private static func leadingMention(_ text: String, of bot: String) -> Substring? {
        let text = text.drop(while: \.isWhitespace)
        guard let mention = ["<@\(bot)>", "<@!\(bot)>"].first(where: text.hasPrefix) else { return nil }
        return text.dropFirst(mention.count).drop(while: \.isWhitespace)
    }
}
