import LuaRuntime
import NightjarEngine

/// The named options of one call, each read with the check that it is what it must be.
struct OptionTable {
    let function: String
    private let table: LuaTable

    /// - Parameter value: a table, or nil for no options.
    /// - Throws: `LuaHostError` when it is something else, or has a key that is not in `known`.
    init(_ value: LuaValue, of function: String, known: [String]) throws(LuaHostError) {
        self.function = function
        switch value {
        case .nil: table = LuaTable()
        case .table(let table): self.table = table
        default: throw .badArgument(function, "the options must be a table, not a \(value.typeName)")
        }
        for key in table.sortedKeys {
            guard let name = key.stringValue else {
                throw .badArgument(function, "the options have an entry without a name")
            }
            guard !known.contains(name) else { continue }
            let near = NearestNames.find(name, in: known).first.map { "did you mean '\($0)'?" }
            throw .badArgument(
                function, "unknown option '\(name)' (\(near ?? "there are \(known.joined(separator: ", "))"))")
        }
    }

    subscript(key: String) -> LuaValue { table[.string(key)] }

    /// A text, which may be a secret.
    func text(_ key: String) throws(LuaHostError) -> String? {
        if self[key].isNil { return nil }
        guard let text = self[key].outgoingText else { throw wrong(key, "a text") }
        return text
    }

    func bool(_ key: String) throws(LuaHostError) -> Bool? {
        if self[key].isNil { return nil }
        guard let value = self[key].boolValue else { throw wrong(key, "true or false") }
        return value
    }

    func integer(_ key: String, in range: ClosedRange<Int64>) throws(LuaHostError) -> Int? {
        if self[key].isNil { return nil }
        guard let value = self[key].integerValue, range.contains(value) else {
            throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(value)
    }

    /// A duration above zero.
    func duration(_ key: String) throws(LuaHostError) -> Duration? {
        if self[key].isNil { return nil }
        let duration: Duration
        do {
            duration = try Duration(lua: self[key])
        } catch {
            throw .badArgument(function, "'\(key)': \(error.message)")
        }
        guard duration > .zero else { throw wrong(key, "longer than zero") }
        return duration
    }

    func wrong(_ key: String, _ expected: String) -> LuaHostError {
        .badArgument(function, "'\(key)' must be \(expected), not \(self[key].isNil ? "nil" : "a \(self[key].typeName)")")
    }
}
