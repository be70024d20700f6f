import Crypto
import Foundation
import NightjarEngine

/// A `platform "discord" { … }` declaration, read.
struct DiscordOptions: Sendable {
    static let standardURL = "https://discord.com/api/v10"
    static let standardPrefixes = ["!nj"]

    var applicationID: String
    var botToken: Secret
    /// Checks the signature of interactions; nil where they do not come over HTTP, and then no request is taken.
    var publicKey: Curve25519.Signing.PublicKey?
    /// Whether the Gateway brings messages, and interactions where no address for them is given to Discord.
    var usesGateway: Bool
    /// Whether messages in channels are input that neither mention the bot nor begin with a prefix.
    var takesChannelMessages: Bool
    var prefixes: [String]
    /// Whether Discord's list of the application's commands is kept like the scripts'.
    var registersCommands: Bool
    var showsDrafts: Bool
    var allowed: PlatformAllowList
    /// Without a slash at the end.
    var apiURL: String

    init(_ definition: PlatformDefinition) throws(PlatformOptionsError) {
        guard let token = definition.secret("bot_token"), !token.isEmpty else {
            throw PlatformOptionsError("Discord needs bot_token: the token of the application's bot")
        }
        // It becomes a header, where a line's end would begin another one.
        guard !token.reveal().contains(where: { $0.isWhitespace || $0.isNewline }), !token.reveal().hasPrefix("Bot ") else {
            throw PlatformOptionsError("Discord's bot_token must be the token alone, without \"Bot\" and without spaces")
        }
        botToken = token
        applicationID = definition.string("application_id") ?? ""
        guard DiscordDecoder.isID(applicationID) else {
            throw PlatformOptionsError(
                "Discord's application_id must be the application's id: a number such as \"1234567890123456789\"")
        }
        publicKey = try definition.string("public_key").map { text throws(PlatformOptionsError) in try Self.key(text) }
        usesGateway = definition.bool("gateway") ?? false
        guard publicKey != nil || usesGateway else {
            throw PlatformOptionsError(
                "Discord needs public_key for interactions over HTTP, or gateway = true to have messages and interactions brought"
            )
        }
        takesChannelMessages = definition.bool("channel_messages") ?? false
        prefixes = definition.options["prefixes"] == nil ? Self.standardPrefixes : definition.list("prefixes")
        registersCommands = definition.bool("register_commands") ?? true
        showsDrafts = definition.bool("drafts") ?? true
        allowed = PlatformAllowList(definition)
        apiURL = try Self.apiURL(definition.string("api_url") ?? Self.standardURL)
    }

    private static func key(_ text: String) throws(PlatformOptionsError) -> Curve25519.Signing.PublicKey {
        guard let bytes = HexText.bytes(text[...]), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            throw PlatformOptionsError("Discord's public_key must be the application's public key: 64 hexadecimal digits")
        }
        return key
    }

    private static func apiURL(_ text: String) throws(PlatformOptionsError) -> String {
        guard let parts = URLComponents(string: text), parts.scheme == "https" || parts.scheme == "http",
            parts.host?.isEmpty == false,
            parts.query == nil, parts.user == nil
        else { throw PlatformOptionsError("Discord's api_url \"\(text)\" must be like \"\(standardURL)\"") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
