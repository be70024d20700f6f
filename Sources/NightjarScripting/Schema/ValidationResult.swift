/// What came of checking a declaration's table.
package struct ValidationResult: Sendable, Equatable {
    /// What fits. To be used only when there are no problems.
    package var values: FieldValues
    /// In the order of their lines.
    package var problems: [ScriptProblem]

    package var isValid: Bool { problems.isEmpty }
}
