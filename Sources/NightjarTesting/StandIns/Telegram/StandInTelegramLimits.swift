/// How many messages the stand-in takes before it says 429.
public struct StandInTelegramLimits: Sendable {
    /// In a chat in a second, and in a group in a minute.
    public var chatPerSecond: Int
    public var groupPerMinute: Int

    public init(chatPerSecond: Int = 1, groupPerMinute: Int = 20) {
        self.chatPerSecond = chatPerSecond
        self.groupPerMinute = groupPerMinute
    }

    func check(_ sends: inout [Int64: [ContinuousClock.Instant]], chat: Int64) throws(StandInTelegramRefusal) {
        let now = ContinuousClock.now
        let recent = (sends[chat] ?? []).filter { now - $0 < .seconds(60) }
        sends[chat] = recent
        // A server's clock and a client's are not in step.
        if recent.count(where: { now - $0 < .milliseconds(900) }) >= chatPerSecond { throw .tooMany(seconds: 1) }
        if chat < 0, recent.count >= groupPerMinute, let oldest = recent.first {
            throw .tooMany(seconds: 1 + Int64((.seconds(60) - (now - oldest)) / .seconds(1)))
        }
        sends[chat] = recent + [now]
    }
}
