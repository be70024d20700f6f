import Logging
import LuaRuntime
import NightjarEngine
import Synchronization

extension ScriptLoader {
    /// What evaluating the files came to.
    struct Evaluation: Sendable {
        var vm: LuaVM
        var recorder: LoadRecorder
        var modules: RequiredModules
        var problems: [ScriptProblem]
        /// Files that did not run to their end: what they would have declared is not known.
        var failedFiles: Set<String>
    }

    func evaluate(
        _ sources: ProjectSources, cpuLimit: Duration, onQuarantine: @escaping @Sendable (LuaQuarantine) -> Void
    ) async throws -> Evaluation {
        let methods = MethodTable()
        var configuration = LuaVM.Configuration()
        configuration.cpuLimit = cpuLimit
        let modules = RequiredModules(sources)
        configuration.searcher = { modules.find($0) }
        configuration.searchedFiles = { ProjectSources.candidates(forModule: $0) }
        let log = ScriptLog(dependencies.logger, dependencies.secrets)
        configuration.print = { log.printed($0, $1) }
        configuration.onQuarantine = onQuarantine
        configuration.libraries = libraries(methods)
        let vm = try await LuaVM(configuration)
        let table = try await vm.evaluate("return \(MethodTable.path)", name: "=ctx").first?.tableValue
        methods.fill(table?.fields ?? [:])

        var evaluation = Evaluation(
            vm: vm, recorder: LoadRecorder(), modules: modules, problems: [], failedFiles: [])
        for entry in sources.entries {
            do {
                try await vm.evaluate(sources.files[entry] ?? "", name: entry, context: ScriptInvocation.load(evaluation.recorder))
            } catch {
                evaluation.failedFiles.insert(entry)
                let problem = problem(error, in: entry, sources)
                // Two files that require a broken third have one problem.
                if !evaluation.problems.contains(problem) { evaluation.problems.append(problem) }
            }
        }
        return evaluation
    }

    private func libraries(_ methods: MethodTable) -> [LuaLibrary] {
        [
            DeclarationLibrary.library, .concurrency,
            LuaLibrary(path: MethodTable.path, functions: ContextObject.methods, objectTypes: [ContextObject.type { methods[$0] }]),
        ] + ScriptModules.libraries(dependencies)
    }

    private func problem(_ error: LuaError, in file: String, _ sources: ProjectSources) -> ScriptProblem {
        let syntaxErrorPlace = Self.syntaxErrorPlace(error)
        let place = syntaxErrorPlace ?? error.location ?? LuaLocation(source: file, line: 1)
        let prefix = "\(place.source):\(place.line): "
        let message = error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : error.message
        let index = sources.files[place.source].map { SourceIndex(LuaSource(name: place.source, text: $0)) }
        return ScriptProblem(
            file: place.source, line: place.line,
            message: syntaxErrorPlace == nil ? Self.overLimit(error) ?? message : "syntax error: \(message)",
            excerpt: index?.excerpt(around: place.line))
    }
}

extension ScriptLoader {
    /// What does not compile runs nowhere, be it a file of its own or one that is required, so only Lua's message, `file:line: …`, tells
    /// the place.
    private static func syntaxErrorPlace(_ error: LuaError) -> LuaLocation? {
        let isRequired = error.traceback.hasPrefix("[native]: in function 'require'")
        guard error.kind == .syntax || isRequired,
            let place = error.message.prefixMatch(of: #/(.+?):(\d+): /#), let line = Int(place.output.2)
        else { return nil }
        let location = LuaLocation(source: String(place.output.1), line: line)
        // What `require` itself objects to is told at the line that calls it.
        return isRequired && location == error.location ? nil : location
    }

    /// What a person can do about a script that takes too much while it loads; nil for other errors.
    static func overLimit(_ error: LuaError) -> String? {
        switch error.kind {
        case .timeout:
            """
            still loading after \(DurationText.format(LuaVM.Configuration().loadLimit)) of CPU time: end the loop, or move the work into \
            a handler
            """
        case .memory:
            "needs more than the \(LuaLimits().memoryBytesMax >> 20) MiB of memory that all scripts have together: build less while loading"
        case .stackOverflow: ScriptError.stackOverflow
        default: nil
        }
    }
}

/// The methods of `ctx` as values of one interpreter.
final class MethodTable: Sendable {
    /// The table they are found in once, after the interpreter was made.
    static let path = "_ctx_methods"

    private let methods = Mutex<[LuaKey: LuaValue]>([:])

    func fill(_ methods: [LuaKey: LuaValue]) { self.methods.withLock { $0 = methods } }

    subscript(name: String) -> LuaValue? { methods.withLock { $0[.string(name)] } }
}
