import Logging
@testable import NightjarEngine
@testable import NightjarScripting
import NightjarTesting
import Testing

/// A bot made of scripts given as text: the real loader, the real engine, a platform that remembers.
struct Bot: Sendable {
    let engine: Engine
    let generation: ScriptGeneration
    let platform: RecordingPlatform
    let quarantines: NightjarTesting.Recorder<Int>

    /// Loads sources.
    /// - Parameter entries: what is evaluated; nil is every one of them but those in `lib/`.
    static func load(
        _ files: [String: String], entries: [String]? = nil, state: StateTable = StateTable(store: MemoryStore()),
        environment: [String: String] = [:],
        mode: SecretResolver.Mode = .required, onQuarantine: @escaping @Sendable () -> Void = {}
    ) async -> ScriptLoadResult {
        let dependencies = ScriptDependencies(
            http: ScriptedFetcher(), processes: ScriptedRunner(), state: state,
            secrets: SecretResolver(mode: mode, environment: environment), models: EchoProvider(), logger: .quiet, onExhausted: {})
        let entries = entries ?? files.keys.filter { !$0.hasPrefix("lib/") }.sorted()
        let sources = ProjectSources(root: "/nowhere", files: files, entries: entries)
        return await ScriptLoader(dependencies: dependencies).load(sources, number: 1) { _ in onQuarantine() }
    }

    /// Runs a bot for the length of `body`.
    static func run(
        files: [String: String], environment: [String: String] = [:], _ body: @Sendable (Bot) async throws -> Void
    ) async throws {
        let store = MemoryStore()
        let state = StateTable(store: store)
        let quarantines = NightjarTesting.Recorder<Int>()
        let loaded = await load(files, state: state, environment: environment, onQuarantine: { quarantines.add(1) })
        try #require(loaded.errors.isEmpty, "\(loaded.errors)")
        let engine = Engine(
            definitions: try #require(loaded.definitions), store: store, state: state, runsTriggers: false, logger: .quiet)
        let platform = RecordingPlatform(name: "terminal")
        engine.install(platform)
        try await engine.prepare()
        let bot = Bot(
            engine: engine, generation: try #require(loaded.generation), platform: platform, quarantines: quarantines)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            try await body(bot)
            group.cancelAll()
        }
    }

    static func run(_ script: String, _ body: @Sendable (Bot) async throws -> Void) async throws {
        try await run(files: ["bot.lua": script], body)
    }

    /// Says something and waits until it is answered in full.
    /// - Returns: everything that was said since.
    @discardableResult
    func say(_ text: String, as user: String = "ann") async throws -> [String] {
        let before = platform.texts.count
        let message = InboundMessage(
            address: Address(platform: "terminal", channel: "here", user: user), text: text, receivedAt: engine.clock.now)
        let (_, events) = try await engine.acceptAndWatch(message)
        for await _ in events {}
        return Array(platform.texts.dropFirst(before))
    }
}

/// The one provider of these tests: it repeats what it is told, and says where it was declared when it is asked for its `declaration`.
struct EchoProvider: ModelProvider {
    let names = ["echo"]

    func make(provider: String, options: ModelOptions) throws(ModelConfigurationError) -> any Model {
        guard ["anthropic", "echo", "openai"].contains(provider) else {
            throw ModelConfigurationError(key: "provider", message: "unknown provider \"\(provider)\"")
        }
        if provider == "openai", options.name == nil { throw ModelConfigurationError(key: "name", message: "name is missing") }
        return Echo(declaration: options.declaration ?? "nowhere")
    }

    private struct Echo: Model {
        let declaration: String

        func respond(to request: ModelRequest, onText: @Sendable (String) async throws -> Void) async throws -> ModelResponse {
            let text = request.input == "declaration" ? declaration : request.input
            try await onText(text)
            return ModelResponse(text: text)
        }
    }
}
