/// Lengths of messages, in UTF-16 units of the text as it is sent. No platform counts more than that: where one counts Unicode scalars,
/// or leaves out tags and escapes, messages are somewhat shorter than they might be.
public enum MarkdownLimits {
    /// What a section of a Slack message takes; texts without sections may have 4,000.
    public static let slackChunkMax = 3000
    public static let discordChunkMax = 2000
    public static let telegramChunkMax = 4096
    public static let whatsAppChunkMax = 4096
    /// The shortest that can be asked for: room for all that may stand around a word.
    public static let chunkMin = 400
}
