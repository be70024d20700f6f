import Logging
public import NightjarEngine
import Synchronization

/// Keeps a project's scripts loaded: loads them at the start, and again when they change, always all of them into a fresh generation.
///
/// A broken project changes nothing that runs: the last good generation stays, and ``status`` says what is wrong.
public actor ScriptHost {
    /// How the scripts stand.
    public struct Status: Sendable, Equatable {
        /// The generation that runs; 0 before the first.
        public var generation: Int
        /// Why the last reload failed; empty when it did not.
        public var errors: [ScriptProblem]
    }

    /// Old generations that may still finish their work; beyond these the oldest is ended.
    static let drainingMax = 8

    private struct Draining {
        weak var generation: ScriptGeneration?
    }

    private let path: String
    private let dependencies: ScriptDependencies
    private let loader: ScriptLoader
    private var current: ScriptGeneration?
    private var draining: [Draining] = []
    /// What was loaded last; nil when it is to be loaded again even if it stays as it is.
    private var lastSources: ProjectSources?
    /// One load at a time: an actor lets others in while it waits, and the older of two must not be taken into use last.
    nonisolated let turn = AsyncSemaphore(limit: 1)
    private nonisolated let published = Mutex(Status(generation: 0, errors: []))
    private nonisolated let quarantines = Atomic<Int>(0)

    /// - Parameter path: the project's folder, or a single script.
    public init(path: String, dependencies: ScriptDependencies) {
        self.path = path
        self.dependencies = dependencies
        loader = ScriptLoader(dependencies: dependencies)
    }

    public nonisolated var status: Status { published.withLock { $0 } }

    /// Interpreters given up so far.
    public nonisolated var quarantineCount: Int { quarantines.load(ordering: .relaxed) }

    /// Loads the project and hands its definitions over.
    ///
    /// - Parameter install: takes the definitions into use; when it throws, the generation is dropped and the error is the load's.
    /// - Returns: all problems; the load has failed when one of them is an error.
    @discardableResult
    public func load(install: @Sendable (Definitions) async throws -> Void) async -> [ScriptProblem] {
        // Cancelled in the line, it says nothing of the scripts.
        guard let permit = try? await turn.acquire() else { return [Self.cancelled] }
        defer { permit.release() }
        do {
            return await load(try ProjectSources.read(path), install)
        } catch {
            return failToRead(error)
        }
    }

    /// Loads the project again if its text has changed since the last time.
    /// - Returns: nil when it has not, or when the task is cancelled while another load goes on.
    public func reloadIfChanged(install: @Sendable (Definitions) async throws -> Void) async -> [ScriptProblem]? {
        guard let permit = try? await turn.acquire() else { return nil }
        defer { permit.release() }
        do {
            let sources = try ProjectSources.read(path)
            if sources == lastSources { return nil }
            return await load(sources, install)
        } catch {
            return failToRead(error)
        }
    }

    /// Whether the last load failed, and may succeed the next time though the text stays as it is.
    var mayHeal: Bool { lastSources == nil && !status.errors.isEmpty }

    private func load(_ sources: ProjectSources, _ install: @Sendable (Definitions) async throws -> Void) async -> [ScriptProblem] {
        lastSources = sources
        let number = status.generation + 1
        let result = await loader.load(sources, number: number) { [weak self] _ in self?.countQuarantine() }
        guard let definitions = result.definitions, let generation = result.generation else { return fail(result.problems) }
        do {
            try await install(definitions)
        } catch {
            // Nothing is wrong with the text, and what was, such as a full disk, may be over the next time.
            lastSources = nil
            await generation.close()
            return fail(result.problems + [problem(error)])
        }
        await replace(with: generation)
        published.withLock { $0 = Status(generation: number, errors: []) }
        return result.problems
    }

    private func replace(with generation: ScriptGeneration) async {
        if let current { draining.append(Draining(generation: current)) }
        current = generation
        draining.removeAll { $0.generation == nil }
        while draining.count > Self.drainingMax {
            if let oldest = draining.removeFirst().generation { await oldest.close() }
        }
    }

    private func failToRead(_ error: any Error) -> [ScriptProblem] {
        // When the project is there again, what it says counts even if it is what was loaded last.
        lastSources = nil
        return fail([problem(error)])
    }

    private func fail(_ problems: [ScriptProblem]) -> [ScriptProblem] {
        published.withLock { $0.errors = problems.filter { $0.severity == .error } }
        return problems
    }

    private static let cancelled = ScriptProblem(file: "", line: 0, message: "the reload was cancelled while another one went on")

    private func problem(_ error: any Error) -> ScriptProblem {
        ScriptProblem(file: (error as? ProjectError)?.file ?? "", line: 0, message: "\(error)")
    }

    private nonisolated func countQuarantine() {
        let count = quarantines.add(1, ordering: .relaxed).newValue
        dependencies.logger.error("a script got stuck in native code: its interpreter was given up", metadata: ["count": "\(count)"])
        if count == dependencies.quarantinesMax { dependencies.onExhausted() }
    }
}
