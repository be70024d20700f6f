/// One generation of what the scripts declare: immutable, whole and checked.
///
/// A reload makes a new value and swaps it in; work that began under this one keeps it until it ends.
public struct Definitions: Sendable {
    /// Counts the generations of this process from 1.
    public var generation: Int
    public var settings: EngineSettings
    public var agents: [String: AgentDefinition]
    /// By name; aliases are in ``CommandDefinition/aliases``.
    public var commands: [String: CommandDefinition]
    public var triggers: [TriggerDefinition]
    public var requestTriggers: [RequestTriggerDefinition]
    public var messageHandlers: [MessageHandlerDefinition]
    /// By platform name; `generic` has become `webhook`.
    public var formatters: [String: any FormatterOverride]
    public var hooks: [HookPoint: [any Hook]]
    public var platforms: [PlatformDefinition]

    public init(
        generation: Int = 0, settings: EngineSettings = EngineSettings(), agents: [AgentDefinition] = [],
        commands: [CommandDefinition] = [], triggers: [TriggerDefinition] = [],
        requestTriggers: [RequestTriggerDefinition] = [],
        messageHandlers: [MessageHandlerDefinition] = [], formatters: [String: any FormatterOverride] = [:],
        hooks: [HookPoint: [any Hook]] = [:], platforms: [PlatformDefinition] = []
    ) {
        self.generation = generation
        self.settings = settings
        self.agents = Dictionary(agents.map { ($0.name, $0) }) { first, _ in first }
        self.commands = Dictionary(commands.map { ($0.name, $0) }) { first, _ in first }
        self.triggers = triggers
        self.requestTriggers = requestTriggers
        self.messageHandlers = messageHandlers
        self.formatters = formatters
        self.hooks = hooks
        self.platforms = platforms
    }
}
