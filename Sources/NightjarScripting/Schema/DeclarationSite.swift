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

    /// A problem of the declaration, placed at the key the path leads to, or as near to it as the source shows.
    package func problem(
        _ message: String, at path: FieldPath = FieldPath(), severity: ScriptProblem.Severity = .error
    ) -> ScriptProblem {
        let line = index?.line(of: path, inside: kind, named: name, statement: location.line) ?? location.line
        return ScriptProblem(
            file: location.source, line: line, message: "\(label): \(message)", severity: severity,
            excerpt: index?.excerpt(around: line))
    }
}
