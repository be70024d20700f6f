import NightjarEngine

/// What there is in the stand-in's server.
struct StandInDiscordState: Sendable {
    struct Interaction: Sendable {
        var channel: String
        /// The message that its first answer is.
        var original: String?
        /// The message whose button was pressed.
        var source: String?
        /// From when its token is taken; nil before the engine has answered.
        var knownFrom: ContinuousClock.Instant?
    }

    /// In the order in which they were written, those of the bot.
    var messages: [StandInDiscordMessage] = []
    /// By token.
    var interactions: [String: Interaction] = [:]
    /// How long after the engine's answer an interaction's token is taken.
    var interactionLag = Duration.zero
    var calls: [StandInDiscordCall] = []
    var commands: [JSONValue] = []
    /// What only one person saw.
    var ephemeral: [String] = []
    /// What Discord would show and nobody wants.
    var faults: [String] = []
    /// Channels that the bot does not see.
    var hidden: Set<String> = []
    /// Answers that stand for those of the next calls, by the beginning of their route.
    var prepared: [String: [StandInAnswer]] = [:]
    /// Beginnings of routes whose next calls are done, and their answers lost.
    var muted: [String] = []
    /// Messages that a channel takes in a period; nil takes all.
    var perPeriod: Int?
    var sent: [String: (count: Int, since: ContinuousClock.Instant)] = [:]
    /// What people sent, by the path of its address.
    var files: [String: StandInFile] = [:]
    /// What the Gateway allows today.
    var sessionsLeft: Int64 = 999
    private var lastID: Int64 = 1_000_000_000_000_000_000

    mutating func nextID() -> String {
        lastID += 1
        return "\(lastID)"
    }

    /// What a token stands for, for whoever uses it now.
    func interaction(_ token: String) throws(StandInDiscordRefusal) -> Interaction {
        guard let interaction = interactions[token], let knownFrom = interaction.knownFrom, knownFrom <= .now else { throw .unknownWebhook }
        return interaction
    }

    func index(of id: String) -> Int? { messages.firstIndex { $0.id == id } }
}
