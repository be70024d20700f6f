/// A key of a Lua table that crosses as data.
public enum LuaKey: Sendable, Hashable {
    case string(String)
    case integer(Int64)
    case number(Double)
    case bool(Bool)
    /// A string that is not valid UTF-8.
    case bytes([UInt8])
}

extension LuaKey {
    /// The key as a value.
    public var value: LuaValue {
        switch self {
        case .string(let key): .string(key)
        case .integer(let key): .integer(key)
        case .number(let key): .number(key)
        case .bool(let key): .bool(key)
        case .bytes(let key): .bytes(key)
        }
    }

    public var stringValue: String? {
        if case .string(let key) = self { key } else { nil }
    }

    /// Nil for values that are no keys of plain data.
    public init?(_ value: LuaValue) {
        switch value {
        case .string(let key): self = .string(key)
        case .integer(let key): self = .integer(key)
        case .number(let key):
            // Lua turns a float with an integral value into the integer key.
            if key.isNaN { return nil }
            self = Int64(exactly: key).map(LuaKey.integer) ?? .number(key)
        case .bool(let key): self = .bool(key)
        case .bytes(let key): self = .bytes(key)
        default: return nil
        }
    }
}

extension LuaKey: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
}

extension LuaKey: Comparable {
    /// Numbers before strings before the rest: the order in which generated text lists fields.
    public static func < (left: LuaKey, right: LuaKey) -> Bool {
        switch (left, right) {
        case (.string(let a), .string(let b)): a < b
        case (.integer(let a), .integer(let b)): a < b
        case (.number(let a), .number(let b)): a < b
        case (.bytes(let a), .bytes(let b)): a.lexicographicallyPrecedes(b)
        case (.bool(let a), .bool(let b)): !a && b
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .integer: 0
        case .number: 1
        case .string: 2
        case .bytes: 3
        case .bool: 4
        }
    }
}
