package import LuaRuntime
package import NightjarEngine

/// The values of a declaration's table, checked: what was absent or wrong is not here.
///
/// Each accessor gives nil when the key is absent or holds something else. Defaults are the definitions' own.
package struct FieldValues: Sendable, Equatable {
    package var values: [String: FieldValue]

    package init(_ values: [String: FieldValue] = [:]) {
        self.values = values
    }

    package subscript(key: String) -> FieldValue? { values[key] }

    package func has(_ key: String) -> Bool { values[key] != nil }

    /// Also of a choice, a pattern.
    package func string(_ key: String) -> String? {
        if case .string(let value) = values[key] { value } else { nil }
    }

    /// A choice as the enumeration its words came from.
    package func choice<Word: RawRepresentable<String>>(_ key: String, as _: Word.Type = Word.self) -> Word? {
        string(key).flatMap(Word.init)
    }

    package func boolean(_ key: String) -> Bool? {
        if case .boolean(let value) = values[key] { value } else { nil }
    }

    package func integer(_ key: String) -> Int? {
        if case .integer(let value) = values[key] { Int(exactly: value) } else { nil }
    }

    package func number(_ key: String) -> Double? {
        if case .number(let value) = values[key] { value } else { nil }
    }

    package func duration(_ key: String) -> Duration? {
        if case .duration(let value) = values[key] { value } else { nil }
    }

    package func secret(_ key: String) -> Secret? {
        if case .secret(let value) = values[key] { value } else { nil }
    }

    package func function(_ key: String) -> LuaFunction? {
        if case .function(let value) = values[key] { value } else { nil }
    }

    package func list(_ key: String) -> [FieldValue]? {
        if case .list(let value) = values[key] { value } else { nil }
    }

    /// The items of a list of strings.
    package func strings(_ key: String) -> [String]? {
        list(key)?.compactMap { if case .string(let value) = $0 { value } else { nil } }
    }

    package func map(_ key: String) -> [String: FieldValue]? {
        if case .map(let value) = values[key] { value } else { nil }
    }

    /// The tables of a map of tables.
    package func tables(_ key: String) -> [String: FieldValues]? {
        map(key)?.compactMapValues { if case .table(let value) = $0 { value } else { nil } }
    }

    /// The secrets of a map of secrets.
    package func secrets(_ key: String) -> [String: Secret]? {
        map(key)?.compactMapValues { if case .secret(let value) = $0 { value } else { nil } }
    }

    package func table(_ key: String) -> FieldValues? {
        if case .table(let value) = values[key] { value } else { nil }
    }

    package func json(_ key: String) -> JSONValue? {
        if case .json(let value) = values[key] { value } else { nil }
    }

    package func timestamp(_ key: String) -> Timestamp? {
        if case .timestamp(let value) = values[key] { value } else { nil }
    }
}
