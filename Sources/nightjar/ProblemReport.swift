import NightjarScripting

/// What is wrong with the scripts, for the terminal.
enum ProblemReport {
    static func text(_ problems: [ScriptProblem]) -> String {
        let errors = problems.count { $0.severity == .error }
        let warnings = problems.count - errors
        let counts = [count(errors, "error"), count(warnings, "warning")].compactMap { $0 }.joined(separator: ", ")
        return (problems.map(\.description) + [counts]).joined(separator: "\n")
    }

    private static func count(_ number: Int, _ noun: String) -> String? {
        number == 0 ? nil : "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
