/// A trigger as the scripts declare it.
public struct TriggerDefinition: Sendable {
    public var name: String
    public var schedule: TriggerSchedule
    public var options: TriggerOptions
    /// Whose session `send` writes to; nil is the default agent.
    public var agent: String?
    /// Where answers go, as `platform:channel`; nil sends them to the log and the task list.
    public var channel: String?
    public var run: @Sendable (HandlerContext) async throws -> HandlerResult

    public init(
        name: String, schedule: TriggerSchedule, options: TriggerOptions = TriggerOptions(), agent: String? = nil,
        channel: String? = nil, run: @escaping @Sendable (HandlerContext) async throws -> HandlerResult
    ) {
        self.name = name
        self.schedule = schedule
        self.options = options
        self.agent = agent
        self.channel = channel
        self.run = run
    }
}
