import Logging
import Synchronization

/// The platforms that scripts declare: made, run, and replaced when a reload changes their declaration. Those that are as before go on
/// undisturbed.
final class PlatformDirectory: Sendable {
    /// - Returns: nil for platforms that are not made from declarations.
    /// - Throws: an error whose description says what is wrong with the declaration.
    typealias Factory = @Sendable (PlatformDefinition) throws -> (any Platform)?

    private struct Entry {
        var definition: PlatformDefinition
        var run: PlatformRun?
    }

    /// Platforms that are made and not in use yet.
    struct Plan {
        fileprivate let definitions: Definitions
        fileprivate let made: [(definition: PlatformDefinition, platform: any Platform)]
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var commands: [PlatformCommand] = []
        var listeners: [UInt64: AsyncStream<[PlatformCommand]>.Continuation] = [:]
        var lastListener: UInt64 = 0
    }

    private let make: Factory
    private let presenter: ReplyPresenter
    private let logger: Logger
    private let clock: EngineClock
    private let state = Mutex(State())
    private let started: AsyncStream<PlatformRun>
    private let feed: AsyncStream<PlatformRun>.Continuation

    init(presenter: ReplyPresenter, clock: EngineClock, logger: Logger, make: @escaping Factory) {
        self.presenter = presenter
        self.clock = clock
        self.logger = logger
        self.make = make
        (started, feed) = AsyncStream.makeStream()
    }

    /// Brings the platforms in line with the definitions. All are made before any is replaced.
    /// - Throws: what is wrong with one of them; then nothing has changed.
    func reconcile(with definitions: Definitions) throws { carryOut(try plan(for: definitions)) }

    /// Makes the platforms that are new or changed; nothing changes until ``carryOut(_:)``.
    /// - Throws: what is wrong with one of them.
    func plan(for definitions: Definitions) throws -> Plan {
        let before = state.withLock(\.entries)
        let wanted = definitions.platforms.filter { before[$0.name]?.definition != $0 }
        return Plan(
            definitions: definitions,
            made: try wanted.compactMap { definition in try make(definition).map { (definition, $0) } })
    }

    func carryOut(_ plan: Plan) {
        let before = state.withLock(\.entries)
        let names = Set(plan.definitions.platforms.map(\.name))
        for (name, entry) in before where !names.contains(name) {
            entry.run?.stop()
            presenter.remove(name)
            state.withLock { $0.entries[name] = nil }
        }
        for (definition, platform) in plan.made {
            before[definition.name]?.run?.stop()
            let run = (platform as? any ConnectedPlatform).map { PlatformRun($0, clock: clock, logger: logger) }
            presenter.install(platform)
            state.withLock { $0.entries[definition.name] = Entry(definition: definition, run: run) }
            if let run { feed.yield(run) }
        }
        publish(PlatformCommand.all(in: plan.definitions))
    }

    /// Keeps the connected platforms running until the task is cancelled.
    func run(take: @escaping @Sendable ([PlatformEvent]) async throws -> [PlatformEventOutcome]) async {
        let inlet = PlatformInlet(take: take, commands: { self.watchCommands() }, clock: clock)
        await withDiscardingTaskGroup { group in
            for await run in started {
                group.addTask { await run.perform(inlet) }
            }
            group.cancelAll()
        }
    }

    private func publish(_ commands: [PlatformCommand]) {
        let listeners = state.withLock { state -> [AsyncStream<[PlatformCommand]>.Continuation] in
            guard state.commands != commands else { return [] }
            state.commands = commands
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield(commands) }
    }

    private func watchCommands() -> Watch<[PlatformCommand]> {
        // Only the newest list is of interest.
        let watch = Watch<[PlatformCommand]>(backlogMax: 1)
        let id = state.withLock { state in
            state.lastListener += 1
            state.listeners[state.lastListener] = watch.continuation
            watch.continuation.yield(state.commands)
            return state.lastListener
        }
        watch.continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
        }
        return watch
    }
}
