/// Turns the Markdown that models write into one platform's dialect, in messages that the platform takes.
///
/// A pure function of the text. The result is safe to send: no text can form a mention of everybody, a link or a tag; marks, tags and
/// fences are balanced in every message. Raw HTML is shown as text, but for `<br>`, which is a line break.
public struct MarkdownRenderer: Sendable {
    private let dialect: (any MarkdownDialect)?
    private let limit: Int

    /// - Parameters:
    ///   - platform: a platform's name. Slack, Discord, Telegram and WhatsApp have dialects; all others get Markdown as it is, in one
    ///     piece, since programs and terminals have no limit.
    ///   - chunkMax: the longest message, in UTF-16 units; nil: the platform's limit. Not less than ``MarkdownLimits/chunkMin``.
    public init(platform: String, chunkMax: Int? = nil) {
        let limitMax: Int
        switch platform {
        case "slack": (dialect, limitMax) = (SlackDialect(), MarkdownLimits.slackChunkMax)
        case "discord": (dialect, limitMax) = (DiscordDialect(), MarkdownLimits.discordChunkMax)
        case "telegram": (dialect, limitMax) = (TelegramDialect(), MarkdownLimits.telegramChunkMax)
        case "whatsapp": (dialect, limitMax) = (WhatsAppDialect(), MarkdownLimits.whatsAppChunkMax)
        default: (dialect, limitMax) = (nil, .max)
        }
        limit = max(chunkMax ?? limitMax, MarkdownLimits.chunkMin)
    }

    /// The messages that show a text.
    /// - Returns: none if it shows nothing.
    public func render(_ markdown: String) -> [String] {
        chunks(markdown, limit: limit)
    }

    /// A text in the dialect, however long it is: for what is cut later, with ``split(_:)``, or is sent as a part of something else.
    public func text(_ markdown: String) -> String {
        chunks(markdown, limit: nil).first ?? ""
    }

    /// Cuts a text that is in the platform's dialect already, as native layouts and scripts' formatters write it. Fences, and
    /// Telegram's tags, are closed and opened again around a cut; links, tags and entities are not cut themselves.
    /// - Returns: none if it shows nothing.
    public func split(_ text: String) -> [String] {
        guard dialect != nil, text.utf16.count > limit else { return whole(text) }
        let verbatim = VerbatimDialect(openings: dialect is TelegramDialect ? .tags : .fences)
        return ChunkPacker.chunks(verbatim.lines(of: text), in: verbatim, limit: limit)
    }

    private func chunks(_ markdown: String, limit: Int?) -> [String] {
        guard let dialect else { return whole(markdown) }
        let lines = MarkdownLayout.lines(of: MarkdownDocument(parsing: markdown), in: dialect, addressMax: self.limit / 2)
        return ChunkPacker.chunks(lines, in: dialect, limit: limit)
    }

    private func whole(_ text: String) -> [String] {
        InvisibleText.isInvisible(text) ? [] : [text]
    }
}
