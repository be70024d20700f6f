/// Bounds of files that come with messages and go out with them.
public enum FileLimits {
    /// Bytes of a file that a script reads: what Telegram gives to bots.
    public static let readBytesMax = 20 << 20
    /// Bytes of a file that a script sends: what Discord takes, and little enough to be kept in the store until it is sent.
    public static let uploadBytesMax = 10 << 20
    public static let nameBytesMax = 200
    /// Files of one message that are looked at.
    public static let filesMax = 20
}
