package import NightjarEngine

/// What loading a project came to.
package struct ScriptLoadResult: Sendable {
    /// The definitions; nil when there are errors.
    package var definitions: Definitions?
    package var generation: ScriptGeneration?
    /// Errors and warnings, by file and line.
    package var problems: [ScriptProblem]

    package var errors: [ScriptProblem] { problems.filter { $0.severity == .error } }
}
