/// A Lua value as Swift sees it.
///
/// Plain data is copied when it crosses. Functions and what cannot be copied cross as references,
/// which keep the Lua value alive for as long as they live.
public enum LuaValue: Sendable, Hashable {
    case `nil`
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    /// A Lua string that is not valid UTF-8.
    case bytes([UInt8])
    case table(LuaTable)
    case function(LuaFunction)
    /// Any other value, kept by identity: a coroutine, or a table that was asked for by reference.
    case reference(LuaReference)
    indirect case object(LuaObject)
}

extension LuaValue {
    /// The name scripts know the type by.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .bool: "boolean"
        case .integer, .number: "number"
        case .string, .bytes: "string"
        case .table: "table"
        case .function: "function"
        case .reference: "reference"
        case .object(let object): object.typeName
        }
    }

    public var isNil: Bool { self == .nil }

    /// False for `nil` and `false`, as in Lua.
    public var isTruthy: Bool { self != .nil && self != .bool(false) }

    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value as an integer, also of a number without a fraction.
    public var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    public var numberValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The bytes of a string, whether or not they are UTF-8.
    public var bytesValue: [UInt8]? {
        switch self {
        case .string(let value): Array(value.utf8)
        case .bytes(let value): value
        default: nil
        }
    }

    public var tableValue: LuaTable? {
        if case .table(let value) = self { value } else { nil }
    }

    public var functionValue: LuaFunction? {
        if case .function(let value) = self { value } else { nil }
    }

    public var objectValue: LuaObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// A field of a table; `nil` for any other value.
    public subscript(key: LuaKey) -> LuaValue {
        if case .table(let table) = self { table[key] } else { .nil }
    }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .nil }
}

extension LuaValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(arrayLiteral elements: LuaValue...) { self = .table(LuaTable(array: elements)) }
    public init(dictionaryLiteral elements: (LuaKey, LuaValue)...) {
        self = .table(LuaTable(fields: Dictionary(elements, uniquingKeysWith: { _, last in last })))
    }
}
