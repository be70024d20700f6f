/// How one platform marks text. The layouts of ``NativeFormatter`` are written over it, once for all platforms.
///
/// `text` and `code` take any text: what people and models wrote cannot break out of its place.
struct Dialect: Sendable {
    typealias Mark = @Sendable (String) -> String

    /// Plain text, escaped.
    var text: Mark
    /// One of the engine's own words.
    var bold: Mark
    /// A name, an id or a preview on one line; unmarked where the platform gets plain text.
    var code: Mark
    /// The heading of an error, with or without its icon.
    var errorHeading: Mark
    /// The message of an error as it follows the heading.
    var errorMessage: Mark

    /// - Parameter platform: a platform's name; every one that is not known here gets plain text with emoji.
    static func of(platform: String) -> Dialect {
        switch platform {
        case "slack": .slack
        case "discord": .discord
        case "telegram": .telegram
        case "whatsapp": .whatsApp
        case "terminal": .terminal
        default: .generic
        }
    }

    /// mrkdwn: entities are the only escape, and hold in code too.
    static let slack = Dialect(
        text: { DialectEscape.breakingFences(DialectEscape.entities($0)) },
        bold: { "*\($0)*" },
        code: { DialectEscape.backquoted(DialectEscape.entities($0)) },
        errorHeading: { "❌ *\($0)*" },
        errorMessage: { "\n" + DialectEscape.fenced(DialectEscape.entities($0)) })

    /// Discord's Markdown: a backslash escapes in text, nothing does in code.
    static let discord = Dialect(
        text: DialectEscape.markdown,
        bold: { "**\($0)**" },
        code: DialectEscape.backquoted,
        errorHeading: { "❌ **\($0)**" },
        errorMessage: { "\n" + DialectEscape.fenced($0) })

    /// Telegram's HTML.
    static let telegram = Dialect(
        text: DialectEscape.entities,
        bold: { "<b>\($0)</b>" },
        code: { "<code>\(DialectEscape.entities($0))</code>" },
        errorHeading: { "❌ <b>\($0)</b>" },
        errorMessage: { ": <code>\(DialectEscape.entities($0))</code>" })

    /// Bold is the only mark; errors are plain text.
    static let whatsApp = Dialect(
        text: DialectEscape.breakingFences,
        bold: { "*\($0)*" },
        code: DialectEscape.breakingFences,
        errorHeading: { $0 },
        errorMessage: { ": " + DialectEscape.breakingFences($0) })

    /// Programs and unknown platforms: text and emoji.
    static let generic = plain { $0 }

    /// As ``generic``, and no message can send commands to the terminal.
    static let terminal = plain(DialectEscape.removingControls)

    private static func plain(_ text: @escaping Mark) -> Dialect {
        Dialect(text: text, bold: { $0 }, code: text, errorHeading: { "❌ \($0)" }, errorMessage: { ": " + text($0) })
    }
}
