/// The text members of one JSON object (RFC 8259), read in one pass.
///
/// Request bodies here are small flat objects; this reads one in a fraction of the time that a general decoder needs, and says where
/// a mistake is. Members of other types are checked, skipped and remembered by their type.
public struct JSONFields: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case string(String)
        case null
        /// A value of another type, named for people.
        case other(String)
    }

    var members: [(key: String, value: Value)]

    /// - Throws: ``JSONFieldsError`` when it is no JSON object, is no UTF-8, or has a key twice.
    public init(parsing bytes: [UInt8]) throws(JSONFieldsError) {
        var reader = JSONFieldsReader(bytes: bytes)
        members = try reader.object()
    }

    /// - Returns: nil when the key is missing or null.
    /// - Throws: ``JSONFieldsError`` when it is no string.
    public func string(_ key: String) throws(JSONFieldsError) -> String? {
        switch members.first(where: { $0.key == key })?.value {
        case .string(let value): return value
        case .null, nil: return nil
        case .other(let type): throw JSONFieldsError("\"\(key)\" must be a string, not \(type)")
        }
    }

    /// - Throws: ``JSONFieldsError`` when it is missing, null, or no string.
    public func requiredString(_ key: String) throws(JSONFieldsError) -> String {
        guard let value = try string(key) else { throw JSONFieldsError("\"\(key)\" is missing; it must be a string") }
        return value
    }

    public static func == (left: JSONFields, right: JSONFields) -> Bool {
        left.members.elementsEqual(right.members) { $0.key == $1.key && $0.value == $1.value }
    }
}
