/// A table that crossed as data: the items 1…n, and the other fields.
///
/// Metatables do not cross, and no metamethod runs on the way. Two tables with the same contents are equal.
public struct LuaTable: Sendable {
    /// The items 1…n; a hole inside is `.nil`.
    public var array: [LuaValue]
    /// Everything else.
    public var fields: [LuaKey: LuaValue]
    /// Marked as a list, so that whoever writes it as JSON knows an empty one. The mark stays with the table in Lua.
    public var isList = false

    /// An empty table.
    public init() {
        array = []
        fields = [:]
    }

    public init(fields: [LuaKey: LuaValue]) {
        array = []
        self.fields = fields
    }

    public init(array: [LuaValue], fields: [LuaKey: LuaValue] = [:]) {
        self.array = array
        self.fields = fields
    }

    public var isEmpty: Bool { array.isEmpty && fields.isEmpty }

    /// The keys that are not items, in a stable order.
    public var sortedKeys: [LuaKey] { fields.keys.sorted() }

    /// A field or an item; `.nil` when it is absent. Setting `.nil` removes a field.
    public subscript(key: LuaKey) -> LuaValue {
        get {
            if case .integer(let index) = key, index >= 1, index <= array.count { return array[Int(index) - 1] }
            return fields[key] ?? .nil
        }
        set {
            if case .integer(let index) = key, index >= 1, index <= array.count {
                array[Int(index) - 1] = newValue
            } else if case .integer(let index) = key, index == array.count + 1, newValue != .nil {
                array.append(newValue)
            } else if newValue == .nil {
                // Not by assigning nil, which here is a LuaValue.
                fields.removeValue(forKey: key)
            } else {
                fields[key] = newValue
            }
        }
    }
}

extension LuaTable: Hashable {
    public static func == (left: LuaTable, right: LuaTable) -> Bool {
        left.array == right.array && left.fields == right.fields
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(array)
        hasher.combine(fields)
    }
}

extension LuaTable: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    public init(dictionaryLiteral elements: (LuaKey, LuaValue)...) {
        self.init(fields: Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }

    public init(arrayLiteral elements: LuaValue...) { self.init(array: elements) }
}
