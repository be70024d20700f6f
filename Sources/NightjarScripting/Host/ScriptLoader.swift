import Logging
package import LuaRuntime
import NightjarEngine

/// Makes a generation of a project's sources: evaluates every file, collects everything that is wrong, and turns the rest into definitions.
///
/// Loading is pure. Nothing outside happens, so any sources may be evaluated any number of times.
package struct ScriptLoader: Sendable {
    let dependencies: ScriptDependencies

    package init(dependencies: ScriptDependencies) {
        self.dependencies = dependencies
    }

    /// - Parameter onQuarantine: told when an interpreter of this generation had to be given up.
    package func load(
        _ sources: ProjectSources, number: Int, onQuarantine: @escaping @Sendable (LuaQuarantine) -> Void = { _ in }
    ) async -> ScriptLoadResult {
        let holder = QuarantineHolder()
        let evaluation: Evaluation
        do {
            evaluation = try await evaluate(sources, cpuLimit: EngineSettings().handlerTimeout) { holder.tell($0) }
        } catch {
            return ScriptLoadResult(problems: [ScriptProblem(file: "", line: 0, message: "the scripts cannot be loaded: \(error)")])
        }
        let reference = GenerationReference()
        var builder = DefinitionsBuilder(
            sources: sources, generation: reference, dependencies: dependencies)
        let built = builder.build(evaluation, number: number)
        let misplaced = MisplacedScripts(sources).problems(required: evaluation.modules.files)
        let problems = (evaluation.problems + built.problems + missingSecrets(evaluation.recorder, sources) + misplaced).sorted()
        guard let definitions = built.definitions, !problems.contains(where: { $0.severity == .error }) else {
            return ScriptLoadResult(problems: problems)
        }
        do {
            let generation = try await generation(
                number, sources, evaluation, built.handlers, definitions.settings, holder, onQuarantine)
            reference.set(generation)
            return ScriptLoadResult(definitions: definitions, generation: generation, problems: problems)
        } catch {
            return ScriptLoadResult(problems: problems + [ScriptProblem(file: "", line: 0, message: "\(error)")])
        }
    }

    private func generation(
        _ number: Int, _ sources: ProjectSources, _ evaluation: Evaluation, _ handlers: [HandlerID: LuaFunction],
        _ settings: EngineSettings, _ holder: QuarantineHolder, _ onQuarantine: @escaping @Sendable (LuaQuarantine) -> Void
    ) async throws -> ScriptGeneration {
        let limit = settings.handlerTimeout
        let rebuild: @Sendable (@escaping @Sendable (LuaQuarantine) -> Void) async throws -> ScriptInterpreter = {
            try await interpreter(sources, cpuLimit: limit, onQuarantine: $0)
        }
        // The limit is a setting, so it is known only after the first evaluation.
        let first =
            limit == EngineSettings().handlerTimeout
            ? ScriptInterpreter(vm: evaluation.vm, functions: handlers) : try await rebuild { holder.tell($0) }
        let generation = ScriptGeneration(number: number, interpreter: first, build: rebuild, onQuarantine: onQuarantine)
        holder.generation = generation
        return generation
    }

    /// Evaluates sources that are known to be good in a fresh interpreter.
    private func interpreter(
        _ sources: ProjectSources, cpuLimit: Duration, onQuarantine: @escaping @Sendable (LuaQuarantine) -> Void
    ) async throws -> ScriptInterpreter {
        let evaluation = try await evaluate(sources, cpuLimit: cpuLimit, onQuarantine: onQuarantine)
        var builder = DefinitionsBuilder(
            sources: sources, generation: GenerationReference(), dependencies: dependencies)
        return ScriptInterpreter(vm: evaluation.vm, functions: builder.build(evaluation, number: 0).handlers)
    }

    /// Secrets that a placeholder stands for.
    private func missingSecrets(_ recorder: LoadRecorder, _ sources: ProjectSources) -> [ScriptProblem] {
        recorder.missingSecrets.map { missing in
            let (file, line) = (missing.location?.source ?? "", missing.location?.line ?? 0)
            if dependencies.secrets.canMiss(heldBy: recorder.kinds(holding: SecretResolver.placeholder(missing.name))) {
                return ScriptProblem(file: file, line: line, message: missing.message, severity: .warning)
            }
            let index = sources.files[file].map { SourceIndex(LuaSource(name: file, text: $0)) }
            return ScriptProblem(file: file, line: line, message: missing.message, excerpt: index?.excerpt(around: line))
        }
    }
}
