/// A `platform "name" { … }` declaration: checked against the platform's schema, not yet opened.
public struct PlatformDefinition: Sendable, Equatable {
    public enum Option: Sendable, Equatable {
        case string(String)
        case secret(Secret)
        case bool(Bool)
        case number(Double)
        case list([String])
        case duration(Duration)
    }

    public var name: String
    public var options: [String: Option]

    public init(name: String, options: [String: Option] = [:]) {
        self.name = name
        self.options = options
    }

    public func string(_ key: String) -> String? {
        if case .string(let value) = options[key] { value } else { nil }
    }

    public func bool(_ key: String) -> Bool? {
        if case .bool(let value) = options[key] { value } else { nil }
    }

    public func integer(_ key: String) -> Int? {
        if case .number(let value) = options[key] { Int(exactly: value) } else { nil }
    }

    /// Empty when it is not there.
    public func list(_ key: String) -> [String] {
        if case .list(let value) = options[key] { value } else { [] }
    }

    public func secret(_ key: String) -> Secret? {
        switch options[key] {
        case .secret(let value): value
        case .string(let value): Secret(value)
        default: nil
        }
    }
}
