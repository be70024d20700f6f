import NightjarEngine

/// `{"ok":false,"error":…}`: Slack has understood a request and does not do it (https://docs.slack.dev/reference/methods, under each method).
struct SlackFailure: Error, Sendable, Equatable {
    var method: String
    /// Slack's word for it: `channel_not_found`.
    var code: String
    var retryAfter: Duration?
    /// The scope that the token does not have.
    var needed: String?

    /// Whether the same request may succeed later. A refused token is replaced within minutes when somebody sees the log, so what was to be
    /// said with it is kept for a while.
    var isTemporary: Bool { Self.temporary.contains(code) || Self.refusedTokens.contains(code) }

    /// Whether the message that was to be changed cannot be, so that a new one must take its place.
    var isAboutMessage: Bool { code == Self.messageNotFound || Self.unchangeable.contains(code) }

    /// Whether the message, or the file that stands for it, is refused as it is made.
    var isAboutContent: Bool {
        // Messages go to public channels that the app is no member of; files do not.
        if method.hasPrefix("files.") { return !isTemporary }
        return Self.contentCodes.contains(code)
    }

    static let messageNotFound = "message_not_found"
    static let stillStreaming = "streaming_state_conflict"
    /// The app is no member of the channel, or does not see it.
    static let outsideCodes: Set<String> = ["not_in_channel", "channel_not_found"]
    /// What Slack says of a key that it knows, for a message that it does not know any more.
    static let unknownDuplicateCodes: Set<String> = ["duplicate_message_not_found", "duplicate_channel_not_found"]

    private static let temporary: Set<String> = [
        "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
        "org_login_required", "messaging_processing_failed", "update_failed", "external_channel_migrating", "message_limit_exceeded",
        stillStreaming,
    ]
    private static let refusedTokens: Set<String> = [
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "accesslimited", "team_access_not_granted",
    ]
    private static let contentCodes: Set<String> = [
        "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_attachments", "invalid_blocks", "invalid_blocks_format",
        "markdown_text_conflict", "msg_blocks_too_long", "msg_too_long", "no_text", "too_many_attachments",
    ]
    private static let unchangeable: Set<String> = ["cant_update_message", "edit_window_closed", "block_mismatch", "msg_too_long", "is_inactive"]

    /// - Parameter channel: where the message was to go.
    func deliveryError(channel: String) -> DeliveryError {
        var text = "Slack refused \(method): \(code)"
        if let hint = hint(channel: channel) { text += ". \(hint)" }
        return DeliveryError(text, isRetryable: isTemporary, retryAfter: isTemporary ? retryAfter : nil, isAboutContent: isAboutContent)
    }

    /// What to do about it, for the operator.
    private func hint(channel: String) -> String? {
        switch code {
        case "not_in_channel": "Invite the app to \(channel), or give it the scope chat:write.public"
        case "channel_not_found": "There is no channel \(channel), or the app is no member of it"
        case "is_archived": "The channel \(channel) is archived"
        case "missing_scope": "Add the scope \(needed ?? "that the method needs") to the app and install it again"
        case "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "no_text":
            "If a formatter made this message, look at what it returns"
        case "not_allowed_token_type": "bot_token must be the app's bot token, which begins with xoxb-"
        case _ where Self.refusedTokens.contains(code): "Install the app again and give its bot token as bot_token"
        default: nil
        }
    }
}
