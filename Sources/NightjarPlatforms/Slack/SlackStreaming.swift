/// How an answer is shown while it is written.
enum SlackStreaming: String, Sendable, CaseIterable {
    /// By Slack's own streaming where it can be had, which is in threads, and by edits elsewhere.
    case native
    /// By a message that is edited again and again.
    case edits
    case off
}
