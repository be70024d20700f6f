import Logging
import Synchronization

/// What a running handler knows and may do: the native side of a script's `ctx`.
///
/// One is made for each run of a handler, and it is of no use afterwards. Its effects carry the origin (message or task, call
/// number), so a handler that runs again after a crash does nothing twice, as long as it makes the same calls in the same order.
public final class HandlerContext: Sendable {
    /// The run that a model is asked in: a model that is a script acts through it.
    public static var current: HandlerContext? { pending?.context }

    @TaskLocal static var pending: PendingContext?

    private static let lastID = Atomic<UInt64>(0)

    /// Unique in this process.
    public let id: UInt64
    public let address: Address
    /// The whole text of the message; in a tool or hook, the task's input.
    public let text: String
    public let arguments: [String]
    public let flags: [String: String]
    /// The message being handled, if any.
    public let messageID: MessageID?
    /// The files that came with it.
    public let files: [MessageFile]
    private let replyRoute: String?
    /// The task this runs in: set for tools, hooks and computed instructions.
    public let task: TaskRecord?
    /// The trigger that fired, if any.
    public let trigger: TriggerSource?
    /// The request that fired it, if it is one that requests fire.
    public let request: TriggerRequest?
    /// The generation this run belongs to.
    public let definitions: Definitions

    /// What makes effects idempotent; nil for runs that nothing repeats.
    private let originPrefix: String?
    private let calls = Atomic<Int>(0)
    private let engine: Engine
    private let began: Duration
    /// Milliseconds that it waited for people and agents.
    private let waited = Atomic<Int64>(0)

    init(
        engine: Engine, definitions: Definitions, address: Address, text: String, arguments: [String] = [],
        flags: [String: String] = [:], messageID: MessageID? = nil, files: [MessageFile] = [], replyRoute: String? = nil, task: TaskRecord? = nil,
        trigger: TriggerSource? = nil, request: TriggerRequest? = nil, originPrefix: String?
    ) {
        id = Self.lastID.add(1, ordering: .relaxed).newValue
        self.engine = engine
        began = engine.clock.uptime
        self.definitions = definitions
        self.address = address
        self.text = text
        self.arguments = arguments
        self.flags = flags
        self.messageID = messageID
        self.files = files
        self.replyRoute = replyRoute
        self.task = task
        self.trigger = trigger
        self.request = request
        self.originPrefix = originPrefix
    }

    // MARK: Talking

    /// Answers where the question came from. The reply is durable when this returns. Empty text sends nothing, as an empty answer does.
    public func reply(_ text: String) async throws {
        try await engine.post(
            .text(text), to: address, replyRoute: replyRoute, messageID: messageID ?? task?.messageID, taskID: task?.id,
            origin: nextOrigin())
    }

    /// Sends a message to another channel, without an agent; empty text sends nothing.
    /// - Parameter target: `platform:channel`, such as `slack:#ops`.
    /// - Throws: ``ScriptError`` when there is no such platform.
    public func post(_ text: String, to target: String) async throws {
        let address = try engine.address(of: target, user: address.user)
        try await engine.post(.text(text), to: address, messageID: nil, taskID: task?.id, origin: nextOrigin())
    }

    /// Asks where the question came from, and waits for the answer: a button, its number or its words.
    /// - Parameters:
    ///   - text: in Markdown.
    ///   - timeout: at most ``QuestionLimits/timeoutMax``.
    /// - Returns: the choice; nil when nobody chose in time.
    /// - Throws: ``HandlerFailure``, ``StoreError``, `CancellationError`.
    public func ask(_ text: String, choices: [String], timeout: Duration = QuestionLimits.timeout) async throws -> String? {
        if let problem = Self.problem(with: choices, timeout) { throw HandlerFailure(problem) }
        return try await uncounted {
            try await engine.ask(
                Question(text: text, choices: choices), timeout: timeout, of: address, replyRoute: replyRoute,
                messageID: messageID ?? task?.messageID, task: task, origin: nextOrigin(), asker: asker)
        }
    }

    private static func problem(with choices: [String], _ timeout: Duration) -> String? {
        guard (1...QuestionLimits.choicesMax).contains(choices.count) else {
            return "a question has between 1 and \(QuestionLimits.choicesMax) choices, not \(choices.count)"
        }
        guard Set(choices.map { $0.lowercased() }).count == choices.count else { return "two choices of a question are the same" }
        if let choice = choices.first(where: { $0.isEmpty || $0.count > QuestionLimits.choiceLengthMax }) {
            return "a choice has between 1 and \(QuestionLimits.choiceLengthMax) characters; this has \(choice.count)"
        }
        guard timeout > .zero, timeout <= QuestionLimits.timeoutMax else {
            let (longest, asked) = (DurationText.format(QuestionLimits.timeoutMax), DurationText.format(timeout))
            return "a question waits for more than 0s and at most \(longest), not \(asked)"
        }
        return nil
    }

    /// Makes durable what scripts have written to `state`. A handler does so before it waits or has an effect outside, so that it finds
    /// its own marks when it runs again after a crash.
    /// - Throws: ``StoreError`` that is not transient; `CancellationError`.
    public func keepState() async throws {
        try await engine.whenStoreWorks(["message.id": "\(messageID?.rawValue ?? "")"]) { try await engine.stateTable.flush() }
    }

    // MARK: Time

    /// How much is left of ``EngineSettings/commandTimeout`` for the handler of a message: what it waits for people and agents does not
    /// count. Nil where that is no limit: a task has its own, and a trigger's handler may take its time.
    public var remainingTime: Duration? {
        guard task == nil, trigger == nil, messageID != nil else { return nil }
        let used = engine.clock.uptime - began - .milliseconds(waited.load(ordering: .relaxed))
        return definitions.settings.commandTimeout - used
    }

    private func uncounted<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        let start = engine.clock.uptime
        defer { waited.add((engine.clock.uptime - start).wholeMilliseconds, ordering: .relaxed) }
        return try await body()
    }

    // MARK: Files

    /// Reads a file that came with the message, from its platform.
    /// - Returns: at most ``FileLimits/readBytesMax`` bytes.
    /// - Throws: ``HandlerFailure`` when it cannot be read; `CancellationError`.
    public func read(_ file: MessageFile) async throws -> [UInt8] {
        if let size = file.size, size > FileLimits.readBytesMax { throw HandlerFailure(Self.tooLarge(file)) }
        guard let platform = engine.presenter.platform(address.platform) else {
            throw HandlerFailure("there is no platform \"\(address.platform)\" any more to read \"\(file.name)\" from")
        }
        do {
            let bytes = try await platform.read(file)
            guard bytes.count <= FileLimits.readBytesMax else { throw HandlerFailure(Self.tooLarge(file)) }
            return bytes
        } catch let error as DeliveryError {
            throw HandlerFailure("the file \"\(file.name)\" cannot be read: \(error.message)")
        }
    }

    private static func tooLarge(_ file: MessageFile) -> String {
        "the file \"\(file.name)\" is larger than the \(FileLimits.readBytesMax >> 20) MiB that can be read"
    }

    /// Sends a file where the question came from. It is durable when this returns.
    /// - Parameter comment: in Markdown; may be empty.
    /// - Throws: ``HandlerFailure`` when the platform takes no such file; ``StoreError``.
    public func upload(_ file: OutboundFile, comment: String = "") async throws {
        if let problem = OutboundFile.problem(withName: file.name) { throw HandlerFailure(problem) }
        let capabilities = engine.presenter.platform(address.platform)?.capabilities
        let limit = min(capabilities?.fileBytesMax ?? 0, FileLimits.uploadBytesMax)
        guard limit > 0 else { throw HandlerFailure("\(address.platform) takes no files") }
        guard file.size <= limit else {
            throw HandlerFailure("\"\(file.name)\" has \(file.size) bytes; \(address.platform) is sent at most \(limit)")
        }
        guard file.size > 0 else { throw HandlerFailure("\"\(file.name)\" is empty, and platforms take no empty files") }
        try await engine.post(
            .file(file, comment: comment), to: address, replyRoute: replyRoute, messageID: messageID ?? task?.messageID, taskID: task?.id,
            origin: nextOrigin())
    }

    // MARK: Agents

    /// Submits a task and waits for its end. Inside a task it runs under that task's permit and quota.
    /// - Throws: ``ScriptError`` when there is no such agent; ``HandlerFailure`` when it is refused; ``TaskFailure`` when it failed;
    ///   `CancellationError` when it was cancelled.
    public func run(agent: String, input: String) async throws -> TaskRecord {
        let origin = nextOrigin()
        let ended = try await uncounted {
            if let task {
                try await engine.runNested(agent: agent, input: input, parent: task, origin: origin, definitions: definitions)
            } else {
                try await engine.runAndWait(
                    agent: agent, input: input, address: address, messageID: messageID, replyRoute: replyRoute, origin: origin,
                    definitions: definitions)
            }
        }
        switch ended.state {
        case .completed: return ended
        case .cancelled: throw TaskFailure(code: "cancelled", message: "the task \(ended.id) was cancelled")
        default: throw ended.failure ?? TaskFailure(code: "error", message: "the task \(ended.id) failed")
        }
    }

    /// Submits a task that runs on its own; its end is told where the question came from.
    /// - Throws: ``ScriptError`` when there is no such agent; ``HandlerFailure`` when it is refused.
    public func start(agent: String, input: String) async throws -> TaskID {
        try await engine.start(
            agent: agent, input: input, address: address, messageID: messageID ?? task?.messageID, replyRoute: replyRoute,
            parent: task, origin: nextOrigin(), definitions: definitions
        ).id
    }

    // MARK: The session

    /// Puts a message into the session of the trigger's agent, or of the default agent.
    /// - Parameter whenIdle: waits until the session is idle, whatever the trigger's `delivery` says.
    /// - Throws: ``ScriptError`` when there is no such agent.
    public func send(_ text: String, whenIdle: Bool = false) async throws {
        let delivery = whenIdle ? .whenIdle : trigger?.delivery ?? .whenIdle
        try await engine.sendToSession(text, key: try sessionKey(), delivery: delivery, externalID: nextOrigin())
    }

    public func isIdle() throws -> Bool {
        engine.isIdle(try sessionKey())
    }

    // MARK: The engine itself

    /// The engine, for the functions that look at tasks, agents and triggers.
    public var control: Engine { engine }

    private func sessionKey() throws -> SessionKey {
        guard let agent = trigger?.agent ?? definitions.settings.defaultAgent else {
            throw ScriptError(
                code: "no_agent", message: "there is no agent to send to: give the trigger an agent, or settings a default_agent")
        }
        guard definitions.agents[agent] != nil else { throw ScriptError(.unknownAgent(agent, known: definitions.agents.keys)) }
        return SessionKey(agent: agent, address: address)
    }

    /// What makes this run again after a crash: its task or its message. A trigger's run has the id of its message as the prefix alone.
    private var asker: String? { task?.id.rawValue ?? messageID?.rawValue ?? originPrefix }

    private func nextOrigin() -> String? {
        let number = calls.add(1, ordering: .relaxed).newValue
        return originPrefix.map { "\($0)#\(number)" }
    }
}
