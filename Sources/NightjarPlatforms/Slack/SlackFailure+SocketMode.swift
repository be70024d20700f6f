extension SlackFailure {
    private static let scopeCodes: Set<String> = ["missing_scope", "no_permission", "access_denied"]
    private static let appTokenCodes: Set<String> = [
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
    ]

    /// Whether Slack opens no connection because of the app-level token.
    var isAboutAppToken: Bool { Self.appTokenCodes.contains(code) || Self.scopeCodes.contains(code) }

    /// Why there is no connection, and what to do about it, for the operator.
    var socketModeError: String {
        var text = "Slack refused \(method): \(code)"
        if Self.scopeCodes.contains(code) {
            text += ". Give the app-level token the scope connections:write"
        } else if isAboutAppToken {
            text += ". app_token must be an app-level token of this app, which begins with xapp-"
        }
        return text
    }
}
