/// What `settings { … }` decides, with its defaults.
public struct EngineSettings: Sendable, Equatable {
    /// Tasks that run at once.
    public var maxConcurrent: Int
    /// Active tasks of one (platform, user), from submission to end.
    public var maxTasksPerUser: Int
    /// How long a task may take from its first start, unless its agent says otherwise; and how long a message's handler may, not counting
    /// its waits for people and agents.
    public var commandTimeout: Duration
    /// Say `✓ Task started: …` when a task begins.
    public var autoAcknowledge: Bool
    /// Add durations and token usage to completions.
    public var isVerbose: Bool
    /// Who answers messages that are no command.
    public var defaultAgent: String?
    /// Command prefixes beyond each platform's own.
    public var prefixes: [String]
    public var retention: Retention
    /// User keys, `*` allowed at the end, that may see and cancel everyone's tasks.
    public var admins: [String]
    /// CPU time a Lua handler may use between two awaits.
    public var handlerTimeout: Duration
    /// Guards the HTTP API wherever it is not bound to loopback.
    public var apiToken: Secret?
    /// Hosts that a webhook's `callback_url` may name.
    public var callbackHosts: [String]
    /// Messages that may wait in one session.
    public var sessionQueueMax: Int

    public init(
        maxConcurrent: Int = 10, maxTasksPerUser: Int = 3, commandTimeout: Duration = .seconds(300),
        autoAcknowledge: Bool = true, isVerbose: Bool = false, defaultAgent: String? = nil, prefixes: [String] = [],
        retention: Retention = Retention(), admins: [String] = [], handlerTimeout: Duration = .milliseconds(100),
        apiToken: Secret? = nil, callbackHosts: [String] = [], sessionQueueMax: Int = 100
    ) {
        self.maxConcurrent = maxConcurrent
        self.maxTasksPerUser = maxTasksPerUser
        self.commandTimeout = commandTimeout
        self.autoAcknowledge = autoAcknowledge
        self.isVerbose = isVerbose
        self.defaultAgent = defaultAgent
        self.prefixes = prefixes
        self.retention = retention
        self.admins = admins
        self.handlerTimeout = handlerTimeout
        self.apiToken = apiToken
        self.callbackHosts = callbackHosts
        self.sessionQueueMax = sessionQueueMax
    }
}
