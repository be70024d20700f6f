import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A `nightjar` command that ends by itself.
struct NightjarCommand {
    /// How it ended and what it said.
    struct Outcome {
        /// The exit code; -1 after a signal.
        var status: Int32
        var output: String
        var errors: String
    }

    static let outputBytesMax = 4 << 20

    /// - Parameter input: what it reads from standard input; nil closes it.
    static func run(
        _ arguments: String..., input: String = "", environment: [String: String?] = [:]
    ) async throws -> Outcome {
        try await run(arguments: arguments, input: input, environment: environment)
    }

    static func run(
        arguments: [String], input: String = "", environment: [String: String?] = [:]
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(NightjarBinary.path)), arguments: Arguments(arguments), environment: .forNightjar(environment),
            input: .string(input), output: .string(limit: outputBytesMax),
            error: .string(limit: outputBytesMax))
        let status: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
    }
}

extension Environment {
    /// This process's, without what would change the meaning of a test.
    static func forNightjar(_ changes: [String: String?]) -> Environment {
        var values: [String: String?] = [
            "ANTHROPIC_API_KEY": nil, "OPENAI_API_KEY": nil, "ANTHROPIC_BASE_URL": nil, "OPENAI_BASE_URL": nil, "ALERTS_URL": nil,
            "WEBHOOK_SECRET": nil, "COORDINATOR": nil,
        ]
        values.merge(changes) { $1 }
        return .inherit.updating(Dictionary(uniqueKeysWithValues: values.map { (Environment.Key(stringLiteral: $0.key), $0.value) }))
    }
}
