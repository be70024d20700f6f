import NightjarEngine

/// A body in `application/x-www-form-urlencoded` (WHATWG URL, section 5), read strictly: a request with anything odd is refused whole.
struct SlackForm: Sendable {
    private let fields: [String: String]

    init(parsing body: [UInt8]) throws(SlackRefusal) {
        var fields: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            guard fields[name] == nil else { throw .unreadable("the form has the field \"\(name.prefix(32))\" twice") }
            fields[name] = parts.count == 2 ? try Self.decoded(parts[1]) : ""
        }
        self.fields = fields
    }

    /// What the form of a slash command is in Socket Mode: an object.
    init(_ payload: JSONValue) {
        fields = (payload.object ?? [:]).compactMapValues(\.string)
    }

    subscript(name: String) -> String? { fields[name] }

    /// - Throws: ``SlackRefusal`` when it is not there or empty.
    func required(_ name: String) throws(SlackRefusal) -> String {
        guard let value = fields[name], !value.isEmpty else { throw .unreadable("the form has no field \"\(name)\"") }
        return value
    }

    private static func decoded(_ text: ArraySlice<UInt8>) throws(SlackRefusal) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let value = HexText.bytes(Substring(decoding: rest.prefix(2), as: UTF8.self))?.first
                else {
                    throw .unreadable("the form has a % without two hexadecimal digits behind it")
                }
                bytes.append(value)
                rest.removeFirst(2)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .unreadable("the form is no UTF-8") }
        return decoded
    }
}
