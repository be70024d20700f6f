package import LuaRuntime

/// Holds a declaration's table against its schema and collects everything that is wrong with it.
package struct SchemaValidator {
    let declaration: Declaration
    /// Said of keys that belong to a sibling of the declaration, instead of "did you mean".
    let hints: [String: String]
    private(set) var issues: [SchemaIssue] = []

    init(_ declaration: Declaration, hints: [String: String] = [:]) {
        self.declaration = declaration
        self.hints = hints
    }

    /// Checks the table of a declaration.
    package static func validate(_ table: LuaTable, as declaration: Declaration, at site: DeclarationSite) -> ValidationResult {
        validate(table, as: declaration, at: site, hints: [:])
    }

    static func validate(
        _ table: LuaTable, as declaration: Declaration, at site: DeclarationSite, hints: [String: String]
    ) -> ValidationResult {
        var validator = SchemaValidator(declaration, hints: hints)
        let values = validator.values(of: table, fields: declaration.fields, at: FieldPath())
        return ValidationResult(values: values, problems: validator.problems(at: site))
    }

    /// Checks one value on its own, such as an argument that is given by position. Errors inside a table call its keys by
    /// their own names, since that of the argument is not written in the script.
    package static func validate(_ value: LuaValue, as field: FieldSchema, at site: DeclarationSite) -> ValidationResult {
        var validator = SchemaValidator(Declaration(site.kind, form: .part, summary: "", fields: [field]))
        let isTable = value.tableValue != nil && field.type.resembles(value)
        let path = isTable ? FieldPath() : FieldPath.key(field.key)
        var values = FieldValues()
        if value.isNil {
            if field.isRequired { validator.reportMissing(field, at: path) }
        } else {
            values.values[field.key] = validator.value(of: value, as: field.type, at: path)
        }
        return ValidationResult(values: values, problems: validator.problems(at: site))
    }

    mutating func report(_ message: String, at path: FieldPath) {
        issues.append(SchemaIssue(path: path, message: message))
    }

    /// `'timeout' must be a duration such as "30s", not a boolean`
    mutating func report(_ value: LuaValue, isNot expectation: String, at path: FieldPath) {
        report("'\(path)' must be \(expectation), not \(value.inWords)", at: path)
    }

    /// - Parameter path: of the missing key.
    mutating func reportMissing(_ field: FieldSchema, at path: FieldPath) {
        report("'\(path)' is missing; it must be \(field.type.expectation)", at: path)
    }

    private func problems(at site: DeclarationSite) -> [ScriptProblem] {
        var problems = issues.prefix(SchemaLimits.problemsMax).map { site.problem($0.message, at: $0.path) }
        if issues.count > SchemaLimits.problemsMax {
            problems.append(site.problem("and \(issues.count - SchemaLimits.problemsMax) more problems"))
        }
        return problems.sorted()
    }
}
