import LuaRuntime
import NightjarEngine

/// The scripts of a project that do nothing: they are in no folder that is loaded, and no loaded script requires them.
struct MisplacedScripts {
    /// Of more than these, as in a folder that holds other projects, the rest is counted.
    static let listedMax = 10

    private let sources: ProjectSources

    init(_ sources: ProjectSources) {
        self.sources = sources
    }

    /// - Parameter required: modules that were required while the scripts were loaded, by the paths of their files.
    func problems(required: Set<String>) -> [ScriptProblem] {
        let known = Set(sources.entries).union(sources.files.keys.filter { $0.hasPrefix(ProjectSources.libraryFolder + "/") })
        guard sources.files.count > known.count else { return [] }
        let reached = reachable(from: known.union(required))
        let misplaced = sources.files.keys.filter { !reached.contains($0) }.sorted()
        var problems = misplaced.prefix(Self.listedMax).map { Self.problem($0, Self.message(for: $0)) }
        if misplaced.count > Self.listedMax {
            problems.append(
                Self.problem("", "\(misplaced.count - Self.listedMax) more scripts are not loaded for the same reason"))
        }
        return problems
    }

    /// A handler may require a script later, so what the texts of scripts name counts too.
    private func reachable(from start: Set<String>) -> Set<String> {
        var reached = start
        var pending = Array(start)
        while let path = pending.popLast() {
            guard let text = sources.files[path] else { continue }
            for name in SourceIndex(LuaSource(name: path, text: text)).declaredNames(of: "require") {
                if let module = sources.module(name), reached.insert(module.name).inserted { pending.append(module.name) }
            }
        }
        return reached
    }

    private static func problem(_ file: String, _ message: String) -> ScriptProblem {
        ScriptProblem(file: file, line: 0, message: message, severity: .warning)
    }

    private static func message(for path: String) -> String {
        let folders = ProjectSources.loadedFolders
        let first = path.split(separator: "/").first.map(String.init) ?? path
        let meant = NearestNames.find(
            first.hasSuffix(".lua") ? String(first.dropLast(4)) : first,
            in: folders + [ProjectSources.libraryFolder, ProjectSources.testsFolder])
        let advice = NearestNames.question(meant.map { "\($0)/" }, mark: "") ?? "move it into one of them, or require it"
        let list = folders.map { "\($0)/" }.joined(separator: ", ")
        return
            "is not loaded: no script requires it, and scripts are loaded from \(ProjectSources.settingsFile), \(list); \(advice)"
    }
}
