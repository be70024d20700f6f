package import LuaRuntime
package import NightjarEngine

extension LuaLibrary {
    /// Lines of a failed command's error output that its error message repeats.
    static let execErrorLinesMax = 5

    /// `exec { "program", "argument", …, timeout = "10s" }`: runs a program without a shell.
    ///
    /// Returns what it printed, and a table `{ code, stdout, stderr, ok }`. A program that fails is an error with the code `exit`,
    /// unless `check = false`: then the table alone is returned, whatever happened. One ended by a signal has the code 128 + signal, as in
    /// shells.
    package static func exec(_ runner: any ProcessRunner, _ secrets: SecretResolver) -> LuaLibrary {
        LuaLibrary(functions: [
            .awaiting("exec") { call in
                try await ScriptInvocation.beforeWaiting(call, "exec")
                let command = try ProcessCommand(lua: call[0])
                let isChecked = call[0]["check"] == .nil ? true : try checks(call[0]["check"])
                let outcome: ProcessOutcome
                do {
                    outcome = try await runner.run(command)
                } catch let error as EffectError {
                    throw LuaHostError(code: error.code, message: secrets.redact(error.message))
                }
                if !isChecked { return [outcome.luaValue] }
                guard outcome.status == .exited(0) else { throw failure(of: command, outcome, secrets) }
                return [.bytes(of: outcome.output), outcome.luaValue]
            }
        ])
    }

    private static func checks(_ value: LuaValue) throws -> Bool {
        guard let checks = value.boolValue else { throw LuaHostError.badArgument("exec", "'check' must be true or false") }
        return checks
    }

    private static func failure(of command: ProcessCommand, _ outcome: ProcessOutcome, _ secrets: SecretResolver) -> LuaHostError {
        func readable(_ bytes: [UInt8]) -> String { secrets.redact(String(decoding: bytes, as: UTF8.self)) }
        let program = secrets.redact(command.arguments.first ?? "")
        let ending =
            switch outcome.status {
            case .exited(let code): "\(program) ended with status \(code)"
            case .signalled(let signal): "\(program) was ended by signal \(signal)"
            }
        let lines = readable(outcome.errorOutput).split(whereSeparator: \.isNewline).suffix(execErrorLinesMax)
        return LuaHostError(
            code: "exit", message: lines.isEmpty ? ending : "\(ending): \(lines.joined(separator: "\n"))",
            details: [
                "status": .integer(outcome.code), "stdout": .string(readable(outcome.output)),
                "stderr": .string(readable(outcome.errorOutput)),
            ])
    }
}

extension ProcessOutcome {
    fileprivate var code: Int64 {
        switch status {
        case .exited(let code): Int64(code)
        case .signalled(let signal): Int64(128 + signal)
        }
    }

    fileprivate var luaValue: LuaValue {
        [
            "code": .integer(code), "ok": .bool(code == 0), "stdout": .bytes(of: output), "stderr": .bytes(of: errorOutput),
        ]
    }
}
