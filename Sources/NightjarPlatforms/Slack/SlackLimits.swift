/// Bounds of the Slack platform. Those of Slack itself are as its documentation has them in 2026.
enum SlackLimits {
    /// How far the clock of a signature may be off: what Slack's documentation recommends against replays.
    static let clockTolerance = Duration.seconds(5 * 60)
    /// A request's body in bytes: room for a text of 40,000 characters that comes twice, as text and as blocks, each character escaped.
    static let bodyBytesMax = 1 << 20
    /// Of a request by which Slack asks whether somebody is there.
    static let probeBytesMax = 1024
    /// Slack's ids and timestamps have at most 32 characters.
    static let idBytesMax = 64
    /// Characters (UTF-16) of a section block.
    static let sectionTextMax = 3000
    /// Characters of a button's label.
    static let buttonTextMax = 75
    /// Elements of an actions block.
    static let buttonsMax = 25
    /// Blocks of a message.
    static let blocksMax = 50
    /// Bytes of the part of an answer that is streamed while it is written: about one message, for that is what takes its place.
    static let streamBytesMax = 3800
    /// Between two changes of a draft. Slack allows about 50 edits a minute.
    static let draftPause = Duration.milliseconds(1200)
    /// Messages that an answer takes before it becomes a file, if scripts do not say: about a minute's reading.
    static let messagesMax = 5
    /// Between two messages to one channel.
    static let postInterval = Duration.seconds(1)
    /// How long a status lasts before it is set again; Slack forgets it after two minutes.
    static let statusPeriod = Duration.seconds(60)
    /// Channels, threads and streams that are remembered; what is forgotten costs a request, no more.
    static let remembered = 1024
    /// Pressed buttons whose messages are still to be changed; the oldest are forgotten.
    static let pressesMax = 256
    /// How often that is tried.
    static let pressAttemptsMax = 3
    /// How long the bytes of a file may take.
    static let uploadTimeout = Duration.seconds(120)
    /// How often Slack is asked for a sign of life over Socket Mode. A connection without one is opened again.
    static let pingPeriod = Duration.seconds(15)
    /// How long to wait after the store failed; Slack sends again what was not acknowledged.
    static let storeRetryPause = Duration.seconds(1)
    /// How long to wait when Socket Mode is switched off for the app: somebody has to switch it on.
    static let switchedOffPause = Duration.seconds(300)
    /// From the opening of a connection to Slack's hello, which comes at once.
    static let greetingTimeout = Duration.seconds(15)
    /// How long a connection is still read that Slack is about to end, which it does after some ten seconds.
    static let farewell = Duration.seconds(60)
    /// A connection that lived for less is not followed at once by another, lest connections be opened in a circle.
    static let calm = Duration.seconds(10)
}
