public import Logging
public import NightjarEngine

/// What scripts reach of the world, given by whoever puts the engine together.
public struct ScriptDependencies: Sendable {
    public var http: any HTTPFetcher
    public var processes: any ProcessRunner
    public var clock: EngineClock
    public var state: StateTable
    public var secrets: SecretResolver
    public var models: any ModelProvider
    /// What is wrong with a platform's options beyond their schema, in words; nil when nothing is. The platforms know.
    public var platformProblem: @Sendable (PlatformDefinition) -> String?
    /// The same for `on_webhook`.
    public var requestTriggerProblem: @Sendable (RequestTriggerDefinition) -> String?
    public var logger: Logger
    /// A process that has given up so many interpreters ends, with status 70, for its supervisor to start again.
    public var quarantinesMax: Int
    /// Few enough that threads which never come back leave the processor to the others, many enough that one bad script is not the end.
    public static let quarantinesUsual = 16
    /// Called once when ``quarantinesMax`` is reached.
    public var onExhausted: @Sendable () -> Void

    public init(
        http: any HTTPFetcher, processes: any ProcessRunner, clock: EngineClock = .system, state: StateTable,
        secrets: SecretResolver, models: any ModelProvider,
        platformProblem: @escaping @Sendable (PlatformDefinition) -> String? = { _ in nil },
        requestTriggerProblem: @escaping @Sendable (RequestTriggerDefinition) -> String? = { _ in nil }, logger: Logger,
        quarantinesMax: Int = quarantinesUsual,
        onExhausted: @escaping @Sendable () -> Void
    ) {
        self.http = http
        self.processes = processes
        self.clock = clock
        self.state = state
        self.secrets = secrets
        self.models = models
        self.platformProblem = platformProblem
        self.requestTriggerProblem = requestTriggerProblem
        self.logger = logger
        self.quarantinesMax = quarantinesMax
        self.onExhausted = onExhausted
    }
}
