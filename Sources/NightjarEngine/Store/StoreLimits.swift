/// Limits that every store keeps.
public enum StoreLimits {
    /// How long a sender's message id is remembered: longer than any platform goes on retrying.
    public static let deduplicationWindow = Duration.seconds(24 * 3600)
    /// Most rows a page may have.
    public static let pageSizeMax = 100_000
}
