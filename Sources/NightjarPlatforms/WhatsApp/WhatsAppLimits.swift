/// Bounds of the WhatsApp Cloud API, and of what is taken from it.
///
/// Lengths are counted in UTF-16 code units: Meta does not say in which units it counts, and these are never fewer than the others.
/// Sources: the reference of the messages API
/// (https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages, …/interactive-reply-buttons-messages)
/// and of its throughput (https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput).
enum WhatsAppLimits {
    /// The text of a message.
    static let bodyLengthMax = 4096
    /// The text above buttons.
    static let buttonsBodyLengthMax = 1024
    static let buttonsMax = 3
    static let buttonTitleLengthMax = 20
    static let buttonIDLengthMax = 256
    /// A number may send 80 messages in a second, all its conversations together.
    static let sendInterval = Duration.microseconds(12_500)
    /// One conversation has a message in six seconds once its burst of 45 is used up.
    static let pairPause = Duration.seconds(6)
    /// How long nothing is sent after WhatsApp said that the number sends too much, unless it says for how long.
    static let ratePause = Duration.seconds(5)
    /// Likewise when people complained of spam: doubled each time in a row, since going on costs the number.
    static let spamPause = Duration.seconds(60)
    static let spamPauseMax = Duration.seconds(3600)
    /// The typing indicator lasts 25 s; it is shown again before it goes.
    static let activityPeriod = Duration.seconds(20)
    /// How long an indicator may take: it is worth less than the answer it announces.
    static let activityTimeout = Duration.seconds(15)
    /// Conversations whose indicators are remembered, and messages whose first half is.
    static let rememberedMax = 1024
    /// What people are told beside answers, while it waits to be sent; more is dropped, the oldest first.
    static let noticesMax = 100
    /// Names of messages, people and groups, in bytes: Meta's are below 200.
    static let nameBytesMax = 512
    /// The challenge of a handshake in bytes; Meta's has about ten.
    static let challengeBytesMax = 256
    /// The text under a document.
    static let captionLengthMax = 1024
    /// How long the bytes of a file may take.
    static let uploadTimeout = Duration.seconds(120)
    /// Where Meta keeps what people send.
    static let fileHosts = ["fbsbx.com", "facebook.com", "whatsapp.net"]
}
