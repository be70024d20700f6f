import NightjarEngine

/// A `platform "telegram" { … }` declaration, read.
struct TelegramOptions: Sendable, Equatable {
    /// How messages come.
    enum Mode: String, Sendable {
        case polling
        case webhook
    }

    static let standardAPI = "https://api.telegram.org"

    var botToken: Secret
    var mode: Mode
    /// What the webhook's requests must carry; there in mode `webhook`.
    var secretToken: Secret?
    /// Where Telegram is told to send requests to; nil leaves its webhook as it is.
    var publicURL: String?
    /// Without a slash at its end.
    var apiURL: String
    var allowed: PlatformAllowList
    /// Whether answers are shown while they are written.
    var showsDrafts: Bool
    /// Whether private chats show them with `sendMessageDraft`.
    var usesNativeDrafts: Bool

    /// - Throws: ``PlatformOptionsError``, which never shows a secret.
    init(_ definition: PlatformDefinition) throws(PlatformOptionsError) {
        botToken = definition.secret("bot_token") ?? Secret("")
        mode = definition.string("mode").flatMap(Mode.init) ?? .polling
        secretToken = definition.secret("secret_token")
        publicURL = definition.string("public_url")
        apiURL = definition.string("api_url") ?? Self.standardAPI
        while apiURL.hasSuffix("/") { apiURL.removeLast() }
        allowed = PlatformAllowList(definition)
        showsDrafts = definition.bool("drafts") ?? true
        usesNativeDrafts = definition.bool("native_drafts") ?? false
        try checkTokens()
        try checkAddresses()
    }

    private func checkTokens() throws(PlatformOptionsError) {
        guard !botToken.isEmpty else { throw PlatformOptionsError("Telegram's bot_token is empty; BotFather gives it") }
        // It becomes part of every address that is asked for.
        guard botToken.reveal().utf8.allSatisfy({ Self.isTokenByte($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
            throw PlatformOptionsError(
                "Telegram's bot_token has a space or another character that no token has; copy it again from BotFather")
        }
        if mode == .webhook, secretToken == nil {
            throw PlatformOptionsError(
                "Telegram's mode \"webhook\" needs a secret_token, which proves that a request comes from Telegram: any 1 to "
                    + "\(TelegramLimits.secretTokenLengthMax) letters, digits, '_' and '-'")
        }
        if let secretToken {
            let text = secretToken.reveal()
            guard (1...TelegramLimits.secretTokenLengthMax).contains(text.utf8.count), text.utf8.allSatisfy(Self.isTokenByte) else {
                throw PlatformOptionsError(
                    "Telegram takes as secret_token only 1 to \(TelegramLimits.secretTokenLengthMax) letters, digits, '_' and '-'")
            }
        }
    }

    private func checkAddresses() throws(PlatformOptionsError) {
        guard Self.isAddress(apiURL) else {
            throw PlatformOptionsError("Telegram's api_url must be like \"\(Self.standardAPI)\"")
        }
        guard let publicURL else { return }
        guard mode == .webhook else {
            throw PlatformOptionsError("Telegram's public_url is for mode = \"webhook\"; with polling, Telegram needs no address")
        }
        // A Bot API server of one's own takes plain HTTP too.
        guard Self.isAddress(publicURL), publicURL.hasPrefix("https://") || apiURL != Self.standardAPI else {
            throw PlatformOptionsError("Telegram's public_url must be like \"https://bot.example.com/webhooks/telegram\"")
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        return text.utf8.count > scheme.utf8.count && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !text.contains("#")
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
