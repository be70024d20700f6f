/// The trigger that a handler runs for, as far as the handler's context needs it.
public struct TriggerSource: Sendable, Equatable {
    public var name: String
    /// Whose session `send` writes to; nil is the default agent.
    public var agent: String?
    /// Where answers go, as `platform:channel`; nil sends them to the log and the task list.
    public var channel: String?
    public var delivery: TriggerOptions.Delivery

    public init(name: String, agent: String? = nil, channel: String? = nil, delivery: TriggerOptions.Delivery = .whenIdle) {
        self.name = name
        self.agent = agent
        self.channel = channel
        self.delivery = delivery
    }

    init(_ trigger: TriggerDefinition) {
        self.init(name: trigger.name, agent: trigger.agent, channel: trigger.channel, delivery: trigger.options.delivery)
    }
}
