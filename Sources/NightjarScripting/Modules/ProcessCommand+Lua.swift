import LuaRuntime
import NightjarEngine

/// What a script wants to run, as a command.
extension ProcessCommand {
    static let luaOptions = ["timeout", "stdin", "env", "cwd", "check"]

    /// - Parameter value: `{ "program", "argument", …, timeout =, stdin =, env =, cwd = }`.
    /// - Throws: `LuaHostError` that names arguments by position and variables by name, never their values.
    init(lua value: LuaValue) throws(LuaHostError) {
        guard case .table(let table) = value else {
            let isText = value.bytesValue != nil
            throw .badArgument(
                "exec",
                isText
                    ? "there is no shell: write the program and each argument apart, as in exec { \"ls\", \"-l\" }"
                    : "expected a table such as { \"ls\", \"-l\" }, got \(value.typeName)")
        }
        let options = try OptionTable(.table(LuaTable(fields: table.fields)), of: "exec", known: Self.luaOptions)
        self.init(arguments: try Self.arguments(table.array))
        if let timeout = try options.duration("timeout") { self.timeout = timeout }
        environment = try Self.environment(options)
        directory = try options.text("cwd")
        guard directory?.utf8.contains(0) != true else { throw options.wrong("cwd", "a path without NUL bytes") }
        if !options["stdin"].isNil {
            guard let bytes = options["stdin"].outgoingBytes else { throw options.wrong("stdin", "a text") }
            input = bytes
        }
    }

    private static func arguments(_ items: [LuaValue]) throws(LuaHostError) -> [String] {
        var arguments: [String] = []
        for (index, item) in items.enumerated() {
            guard let text = item.outgoingText else {
                let found = item.typeName == "string" ? "a text that is not valid UTF-8" : "a \(item.typeName)"
                throw .badArgument("exec", "argument \(index + 1) must be a text or a number, not \(found)")
            }
            guard !text.utf8.contains(0) else { throw .badArgument("exec", "argument \(index + 1) contains a NUL byte") }
            arguments.append(text)
        }
        guard arguments.first?.isEmpty == false else { throw .badArgument("exec", "the first item must be the program") }
        return arguments
    }

    private static func environment(_ options: OptionTable) throws(LuaHostError) -> [String: String] {
        if options["env"].isNil { return [:] }
        guard case .table(let table) = options["env"], table.array.isEmpty else { throw options.wrong("env", "a table of names and values") }
        var environment: [String: String] = [:]
        for (key, value) in table.fields {
            guard let name = key.stringValue, !name.isEmpty, !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "=") }) else {
                throw .badArgument("exec", "env\(key.step) is no name of a variable")
            }
            guard let text = value.outgoingText, !text.utf8.contains(0) else {
                throw .badArgument("exec", "env\(key.step) must be a text, not a \(value.typeName)")
            }
            environment[name] = text
        }
        return environment
    }
}
