package import LuaRuntime

/// Where a declaration stands, and what errors call it.
package struct DeclarationSite: Sendable {
    /// Of the file it stands in; nil when the source is not at hand, which leaves problems without excerpts.
    package let index: SourceIndex?
    /// The first line of the statement.
    package let location: LuaLocation
    /// As scripts write it: `agent`.
    package let kind: String
    /// Nil for what has no name: `settings`.
    package let name: String?

    package init(index: SourceIndex?, location: LuaLocation, kind: String, name: String? = nil) {
        self.index = index
        self.location = location
        self.kind = kind
        self.name = name
    }

    /// `agent "triage"`
    package var label: String { name.map { "\(kind) \(Quoted.text($0))" } ?? kind }

    /// `model "claude" (nightjar.lua:12)`, with the line that the path leads to, or one as near to it as the source shows.
    package func place(of path: FieldPath) -> String { "\(label) (\(location.source):\(line(of: path)))" }

    private func line(of path: FieldPath) -> Int {
        index?.line(of: path, inside: kind, named: name, statement: location.line) ?? location.line
    }

    /// A problem of the declaration, placed at the key the path leads to, or as near to it as the source shows.
    package func problem(
        _ message: String, at path: FieldPath = FieldPath(), severity: ScriptProblem.Severity = .error
    ) -> ScriptProblem {
        let line = line(of: path)
        return ScriptProblem(
            file: location.source, line: line, message: "\(label): \(message)", severity: severity,
            excerpt: index?.excerpt(around: line))
    }
}
