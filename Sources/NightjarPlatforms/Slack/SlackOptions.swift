import Foundation
import NightjarEngine

/// A `platform "slack" { … }` declaration, read.
struct SlackOptions: Sendable, Equatable {
    static let standardURL = "https://slack.com/api"
    static let standardPrefixes = ["!nj"]
    static let standardCommands = ["/nightjar", "/nj"]

    var botToken: Secret
    /// Keys the signature of Slack's requests; nil where events do not come over HTTP, and then no request is taken.
    var signingSecret: Secret?
    /// For Socket Mode; nil where events come over HTTP.
    var appToken: Secret?
    var allowed: PlatformAllowList
    /// Whether messages in channels are answered in a thread of them.
    var repliesInThread: Bool
    /// Whether messages in channels are input that neither mention the bot nor begin with a prefix.
    var takesChannelMessages: Bool
    var prefixes: [String]
    /// Slash commands whose text is a command itself, in lower case, each with its slash.
    var commands: [String]
    var streaming: SlackStreaming
    /// Messages that one answer may take; a longer one becomes a file.
    var messagesMax: Int
    /// Without a slash at the end.
    var apiURL: String

    init(_ definition: PlatformDefinition) throws(PlatformOptionsError) {
        guard let token = definition.secret("bot_token"), !token.isEmpty else {
            throw PlatformOptionsError("Slack needs bot_token: the app's bot token, which begins with xoxb-")
        }
        botToken = token
        signingSecret = definition.secret("signing_secret")
        appToken = definition.secret("app_token")
        allowed = PlatformAllowList(definition)
        repliesInThread = definition.bool("reply_in_thread") ?? true
        takesChannelMessages = definition.bool("channel_messages") ?? false
        prefixes = definition.options["prefixes"] == nil ? Self.standardPrefixes : definition.list("prefixes")
        let commands = definition.options["commands"] == nil ? Self.standardCommands : definition.list("commands")
        self.commands = commands.map { ($0.hasPrefix("/") ? $0 : "/" + $0).lowercased() }
        streaming = definition.string("streaming").flatMap(SlackStreaming.init) ?? .native
        messagesMax = definition.integer("max_messages") ?? SlackLimits.messagesMax
        apiURL = try Self.apiURL(definition.string("api_url") ?? Self.standardURL)
        try checkSecrets()
    }

    private func checkSecrets() throws(PlatformOptionsError) {
        if botToken.reveal().hasPrefix("xapp-") {
            throw PlatformOptionsError(
                "Slack's bot_token is an app-level token (xapp-…); give it as app_token, and the bot token (xoxb-…) here")
        }
        if let appToken, appToken.isEmpty || appToken.reveal().hasPrefix("xoxb-") {
            throw PlatformOptionsError("Slack's app_token is no app-level token, which begins with xapp-")
        }
        if let signingSecret, signingSecret.isEmpty { throw PlatformOptionsError("Slack's signing_secret is empty") }
        guard signingSecret != nil || appToken != nil else {
            throw PlatformOptionsError("Slack needs signing_secret for events over HTTP, or app_token for Socket Mode")
        }
    }

    private static func apiURL(_ text: String) throws(PlatformOptionsError) -> String {
        guard let parts = URLComponents(string: text), parts.scheme == "https" || parts.scheme == "http",
            parts.host?.isEmpty == false,
            parts.query == nil, parts.user == nil
        else { throw PlatformOptionsError("Slack's api_url \"\(text)\" must be like \"\(standardURL)\"") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Whether an address that came with a request is one that Slack answers at: no request goes anywhere else, whoever signed it.
    func isSlack(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host?.lowercased(), parts.user == nil else {
            return false
        }
        let isVendor = [".slack.com", ".slack-gov.com"].contains { host.hasSuffix($0) }
        if parts.scheme == "https", parts.port == nil, isVendor { return true }
        guard let own = URLComponents(string: apiURL) else { return false }
        return parts.scheme == own.scheme && host == own.host?.lowercased() && parts.port == own.port
    }
}
