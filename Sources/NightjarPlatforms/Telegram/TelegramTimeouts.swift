/// How long Telegram may take for a call.
struct TelegramTimeouts: Sendable, Equatable {
    /// Time enough for a slow network, and short enough that a reply is tried again while somebody waits for it.
    var call = Duration.seconds(15)
    /// For calls that nobody misses when they come late.
    var chore = Duration.seconds(5)
}
