import Logging
import LuaRuntime
import NightjarEngine
import Synchronization

extension ScriptLoader {
    /// What evaluating the files came to.
    struct Evaluation: Sendable {
        var vm: LuaVM
        /// Tests a text against a pattern.
        var matcher: LuaFunction?
        var recorder: LoadRecorder
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
        configuration.searcher = { sources.module($0) }
        let log = ScriptLog(dependencies.logger, dependencies.secrets)
        configuration.print = { log.printed($0, $1) }
        configuration.onQuarantine = onQuarantine
        configuration.libraries = libraries(methods)
        let vm = try await LuaVM(configuration)
        let table = try await vm.evaluate("return \(MethodTable.path)", name: "=ctx").first?.tableValue
        methods.fill(table?.fields ?? [:])
        let matcher = try await vm.evaluate(MessageHandlers.matcher, name: "=on_message").first?.functionValue

        var evaluation = Evaluation(vm: vm, matcher: matcher, recorder: LoadRecorder(), problems: [], failedFiles: [])
        for entry in sources.entries {
            do {
                try await vm.evaluate(sources.files[entry] ?? "", name: entry, context: ScriptInvocation.load(evaluation.recorder))
            } catch {
                evaluation.failedFiles.insert(entry)
                evaluation.problems.append(problem(error, in: entry, sources))
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
        let place = Self.syntaxErrorPlace(error) ?? error.location ?? LuaLocation(source: file, line: 1)
        let prefix = "\(place.source):\(place.line): "
        let message = error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : error.message
        let index = sources.files[place.source].map { SourceIndex(LuaSource(name: place.source, text: $0)) }
        return ScriptProblem(
            file: place.source, line: place.line, message: error.kind == .syntax ? "syntax error: \(message)" : message,
            excerpt: index?.excerpt(around: place.line))
    }
}

extension ScriptLoader {
    /// What does not compile runs nowhere, so only Lua's message, `file:line: …`, tells the place.
    private static func syntaxErrorPlace(_ error: LuaError) -> LuaLocation? {
        guard error.kind == .syntax, let place = error.message.prefixMatch(of: #/(.+?):(\d+): /#), let line = Int(place.output.2)
        else { return nil }
        return LuaLocation(source: String(place.output.1), line: line)
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
