/// Bounds of the engine as a whole.
public enum EngineLimits {
    /// Messages whose handlers run at the same time; more are refused with a 503, unacknowledged, and come again.
    public static let messagesInProgressMax = 10_000
    /// A message's text in bytes of UTF-8; platforms allow far less.
    public static let textBytesMax = 1 << 20
    /// How often finished tasks and messages are looked through, and how many go in one step.
    public static let prunePeriod = Duration.seconds(60)
    public static let pruneBatch = 500
    static let prunePause = Duration.milliseconds(20)
    /// Undelivered replies read in one step at the start: enough to be quick, few enough that a step is short.
    public static let outboxPageMax = 2000
    /// Replies sent again after a stop that the log names one by one.
    static let namedRepeatsMax = 20
    /// Tokens that one answer is counted with; what says more is wrong.
    static let tokensPerAnswerMax = 1 << 40
    /// Tasks among which `/list tasks` looks for those that ended last.
    static let recentTasksMax = 100
    /// How long a shutdown waits for work in progress before it is put back.
    public static let drainGrace = Duration.seconds(30)
    /// How long to wait after the store failed, before trying again.
    public static let storeRetryPause = Duration.seconds(1)
}
