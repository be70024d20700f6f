/// Bounds of the Telegram platform. Those of Telegram itself are from https://core.telegram.org/bots/api and
/// https://core.telegram.org/bots/faq (“How can I message all of my bot's subscribers at once?”).
enum TelegramLimits {
    /// How long Telegram holds back a poll's answer while there is nothing to tell; 50 s is what its own libraries use at most.
    static let pollTimeout = Duration.seconds(50)
    /// What the network may add to that.
    static let pollGrace = Duration.seconds(15)
    /// Files whose comment was sent before them that are remembered.
    static let rememberedMax = 1024
    /// Updates in the answer to one poll, Telegram's own maximum.
    static let pollBatch = 100
    /// The pause after a poll that failed: doubled each time, and short again after one that worked.
    static let pauseMin = Duration.seconds(1)
    static let pauseMax = Duration.seconds(60)
    /// Changes of a draft are this far apart at least.
    static let draftPausePrivate = Duration.milliseconds(1500)
    static let draftPauseGroup = Duration.seconds(3)
    /// A draft that would have to wait longer for its turn is left out: the next one shows more.
    static let draftWaitMax = Duration.seconds(2)
    /// Messages to one chat, to one group in a minute, and in all in a second.
    static let chatInterval = Duration.seconds(1)
    static let groupMessagesPerMinute = 20
    static let messagesPerSecond = 30
    /// “typing …” is shown for 5 s.
    static let activityPeriod = Duration.seconds(4)
    /// Calls that nobody misses when they come late, and that wait; more are left out.
    static let choresMax = 256
    /// Choices that are buttons; a longer list is easier read as text.
    static let buttonsMax = 12
    /// Short choices stand side by side: so many, and so many characters in all, fit on a phone.
    static let buttonsPerRowMax = 3
    static let buttonsRowLengthMax = 30
    /// Characters of the note that answers the press of a button.
    static let noteLengthMax = 200
    /// The list of commands.
    static let commandsMax = 100
    static let commandNameLengthMax = 32
    static let commandDescriptionLengthMax = 256
    /// Characters of the secret that Telegram's requests carry.
    static let secretTokenLengthMax = 256
    /// The text under a document, in UTF-16.
    static let captionLengthMax = 1024
    /// How long a document may take.
    static let uploadTimeout = Duration.seconds(120)
}
