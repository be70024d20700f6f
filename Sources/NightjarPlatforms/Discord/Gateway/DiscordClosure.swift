/// What a close code of the Gateway means (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway).
enum DiscordClosure: Sendable, Equatable {
    /// The session goes on over another connection.
    case resume
    /// A new session is to begin.
    case identify
    /// It would be refused again; says what to do about it.
    case fatal(String)

    init(code: UInt16) {
        self =
            switch code {
            case 4004: .fatal("the bot token is refused; give the bot's token as bot_token")
            case 4010: .fatal("the shard is invalid")
            case 4011: .fatal("the bot is in too many servers for one connection, and sharding is not supported")
            case 4012: .fatal("this version of the Gateway is not there any more")
            case 4013: .fatal("the intents are invalid")
            case 4014: .fatal("switch on the Message Content Intent on the application's page \"Bot\"")
            // Said after a wrong number, and when a session has waited too long. 1000 and 1001 end the session when this side says them;
            // from Discord they need not, and trying costs nothing.
            case 4003, 4007, 4009: .identify
            default: .resume
            }
    }
}
