import Logging
import LuaRuntime
@testable import NightjarEngine
@testable import NightjarScripting
import NightjarTesting
import Testing

/// A Lua interpreter with the modules of scripts, and an engine for their handlers to run in.
struct ScriptBench {
    let vm: LuaVM
    let engine: Engine
    let secrets: SecretResolver
    let http: ScriptedFetcher
    let processes: ScriptedRunner
    let printed = NightjarTesting.Recorder<String>()

    /// Secrets and variables: `TOKEN` and `HOME`.
    init(
        definitions: Definitions = Definitions(), clock: EngineClock = .virtual(VirtualClock()), logger: Logger = .quiet,
        mode: SecretResolver.Mode = .required, environment: [String: String] = ["TOKEN": "s3cr3t-value", "HOME": "/home/bot"]
    ) async throws {
        engine = Engine(definitions: definitions, store: MemoryStore(), clock: clock, runsTriggers: true, logger: .quiet)
        try await engine.prepare()
        secrets = SecretResolver(mode: mode, environment: environment)
        http = ScriptedFetcher()
        processes = ScriptedRunner()
        var configuration = LuaVM.Configuration()
        let log = ScriptLog(logger, secrets)
        configuration.print = { log.printed($0, $1) }
        configuration.libraries =
            [
                .concurrency, .json, .http(http, secrets), .exec(processes, secrets), .secrets(secrets), .environment(secrets),
                .sleep(clock), .time(clock), .log(log), .state(engine.stateTable), .tasks, .agents, .triggers,
            ] + LuaLibrary.missingNames
        vm = try await LuaVM(configuration)
    }

    var context: HandlerContext {
        HandlerContext(
            engine: engine, definitions: engine.definitions, address: Address(platform: "terminal", channel: "here", user: "me"),
            text: "", originPrefix: nil)
    }

    /// Runs text as the body of a handler, in the file `bot.lua`.
    func run(_ body: String) async throws -> [LuaValue] {
        let function = try await vm.load(body, name: "bot.lua")
        return try await vm.call(function, context: ScriptInvocation.run(context))
    }

    /// The first result of a handler's body.
    func value(_ body: String) async throws -> LuaValue { try await run(body).first ?? .nil }

    /// The error that a handler's body ends with.
    func failure(_ body: String) async throws -> LuaError {
        try await #require(throws: LuaError.self) { try await run(body) }
    }

    /// Runs text as a formatter would run it.
    func format(_ body: String) async throws -> LuaValue {
        let function = try await vm.load(body, name: "bot.lua")
        return try await vm.callWithoutWaiting(function, context: ScriptInvocation.format).first ?? .nil
    }

    /// The error of text that is run while scripts are loaded.
    func loadFailure(_ text: String) async throws -> LuaError {
        try await #require(throws: LuaError.self) {
            try await vm.evaluate(text, name: "bot.lua", context: ScriptInvocation.load(LoadRecorder()))
        }
    }
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
