import Foundation
import NightjarEngine

/// Values that have no columns of their own are JSON text.
enum JSONColumn {
    /// - Throws: ``StoreError`` when the value holds what JSON has no text for, such as an infinite number.
    static func encode(_ value: some Encodable) throws -> String {
        do {
            return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        } catch {
            throw StoreError.refused("A value cannot be stored: \(error).", error)
        }
    }

    /// A case `text(String)` as the general encoder writes it, without that encoder's effort where the text needs no escapes: nearly
    /// every reply is of this kind.
    static func encode(text: String, _ value: some Encodable) throws -> String {
        let needsEscapes = text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        return needsEscapes ? try encode(value) : #"{"text":{"_0":""# + text + #""}}"#
    }

    /// - Throws: `DecodingError` when the text is no such value: then the store is damaged.
    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
