/// Bounds of the Discord platform. Those of Discord itself are as its documentation has them in 2026.
enum DiscordLimits {
    /// How far the clock of a signature may be off.
    static let clockTolerance = Duration.seconds(5 * 60)
    /// A request's body in bytes: interactions carry the message that a button is of, embeds included.
    static let bodyBytesMax = 1 << 20
    /// Discord's ids are 64-bit numbers.
    static let idDigitsMax = 20
    /// A message's text in UTF-16 units; the layout keeps to less.
    static let contentLengthMax = 2000
    /// Bytes of a file, without a server's boosts.
    static let fileBytesMax = 10 << 20
    /// How long a message with a file may take.
    static let uploadTimeout = Duration.seconds(120)
    /// Where Discord keeps attachments.
    static let fileHosts = ["discordapp.com", "discordapp.net", "discord.com"]
    /// Five rows of five.
    static let buttonsMax = 25
    static let buttonsPerRow = 5
    static let buttonLabelMax = 80
    /// Characters of a `nonce`.
    static let nonceLengthMax = 25
    /// Discord knows a nonce for "the past few minutes".
    static let nonceLifetime = Duration.seconds(180)
    /// An interaction's token lasts 15 minutes; the last one of them is kept as a margin.
    static let tokenLifetime = Duration.seconds(14 * 60)
    /// From a command to when Discord has surely read that its answer comes later.
    static let deferralTime = Duration.seconds(15)
    /// The first pause before an interaction is asked for again that Discord does not know yet; the next ones are longer.
    static let deferralPauseMin = Duration.milliseconds(100)
    /// How long an answer waits for its interaction, and its channel with it, before the outbox tries again.
    static let answerWaitMax = Duration.seconds(2)
    /// The same for what takes "is thinking …" away: nothing waits for it, and nobody else tries again.
    static let activityEndWaitMax = Duration.seconds(8)
    /// Commands of an application, and the length of what is said of one.
    static let commandsMax = 100
    static let commandNameLengthMax = 32
    static let commandDescriptionLengthMax = 100
    /// Between two changes of a draft: Discord allows five edits in five seconds to a channel, and other messages need some of them.
    static let draftPause = Duration.milliseconds(1500)
    /// How long a draft may wait for its turn; the next one shows more.
    static let draftWaitMax = Duration.seconds(3)
    /// "is typing …" lasts ten seconds.
    static let activityPeriod = Duration.seconds(8)
    /// Requests in a second, over all routes.
    static let requestsPerSecond = 50
    /// Refused requests (401, 403, 429) within ten minutes after which nothing is sent for a while: Discord bans an address after 10,000.
    static let refusalsMax = 9000
    static let refusalsPeriod = Duration.seconds(600)
    /// How long nothing is sent after the token was refused: whoever sees the log needs minutes to give another one.
    static let refusedTokenPause = Duration.seconds(60)
    /// Buckets and interactions that are remembered; what is forgotten costs a request, no more.
    static let remembered = 1024
    /// The pauses between two tries to register the commands.
    static let pauseMin = Duration.seconds(1)
    static let pauseMax = Duration.seconds(300)
    /// How long to wait after the store failed, before an event is stored again.
    static let storeRetryPause = Duration.seconds(1)

    // MARK: The Gateway

    /// How long an interaction's callback may wait for its turn: Discord hears none after three seconds.
    static let callbackWaitMax = Duration.seconds(3)

    /// From the opening of a connection to Discord's Hello, which comes at once.
    static let helloTimeout = Duration.seconds(15)
    /// Between two new sessions: Discord begins one in five seconds for a bot of one shard.
    static let identifyInterval = Duration.seconds(5)
    /// A connection that lived for less is not followed at once by another, lest connections be opened in a circle.
    static let calm = Duration.seconds(10)
    /// How often a session is tried: about two minutes of pauses, after which Discord has forgotten it.
    static let resumesMax = 8
}
