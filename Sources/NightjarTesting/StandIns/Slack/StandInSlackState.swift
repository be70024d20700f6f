import NightjarEngine

/// What there is in the stand-in's workspace.
struct StandInSlackState {
    /// Ids by name, and which of them the app is a member of.
    var channels = ["ops": "C0OPS", "dev": "C0DEV", "secret": "C0SECRET", "ann": "D0ANN"]
    var outside: Set<String> = ["C0SECRET"]
    /// Direct messages by their persons, who can be posted to as if they were channels.
    var directMessages = ["U0ANN": "D0ANN"]
    /// Channels whose conversations cannot be streamed to.
    var withoutStreams: Set<String> = []
    var messages: [StandInSlackMessage] = []
    /// Status lines by thread.
    var statuses: [String: String] = [:]
    var calls: [StandInSlackCall] = []
    /// What Slack would show and nobody wants: markup that does not parse, a text that is too long.
    var faults: [String] = []
    /// What only one person saw.
    var ephemeral: [String] = []
    /// Answers that stand for those of the next calls of a method.
    var prepared: [String: [StandInAnswer]] = [:]
    /// How often each response_url was used, and what it is for.
    var responseURLs: [String: (uses: Int, channel: String, ts: String?)] = [:]
    /// Files by their ids: announced, then with their bytes.
    var uploads: [String: (name: String, length: Int, content: String?)] = [:]
    /// What people sent, by the path of its address.
    var files: [String: StandInFile] = [:]
    /// Messages that a channel takes at once, and one more each second; nil takes all.
    var burst: Int?
    /// How many of them are left in each channel.
    private var left: [String: (count: Double, at: ContinuousClock.Instant)] = [:]
    private var count: Int64 = 0

    /// A number that was not used before.
    mutating func next() -> Int64 {
        count += 1
        return count
    }

    mutating func nextTS() -> String { "\(1_767_225_600 + next()).000100" }

    /// - Returns: false when the channel has had its messages.
    mutating func takesMessage(_ channel: String, at now: ContinuousClock.Instant = .now) -> Bool {
        guard let burst else { return true }
        let known = left[channel] ?? (Double(burst), now)
        let count = min(Double(burst), known.count + (now - known.at) / .seconds(1))
        left[channel] = (count >= 1 ? count - 1 : count, now)
        return count >= 1
    }

    /// The id of a channel that is named by its id, its name, or its person.
    func channel(_ name: String) -> String? {
        if channels.values.contains(name) { return name }
        if let direct = directMessages[name] { return direct }
        return channels[name.hasPrefix("#") ? String(name.dropFirst()) : name]
    }

    func index(_ channel: String?, _ ts: String?) -> Int? {
        messages.firstIndex { $0.channel == channel && $0.ts == ts }
    }
}
