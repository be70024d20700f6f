import NIOCore
import NightjarEngine

/// Writes JSON (RFC 8259) straight into a buffer: responses are small and many, lists are long.
struct JSONWriter {
    private(set) var buffer: ByteBuffer
    /// Whether a value stands before the place of writing, so that the next needs a comma.
    private var needsComma = false

    init(capacity: Int = 256) {
        buffer = ByteBufferAllocator().buffer(capacity: capacity)
    }

    static func object(capacity: Int = 256, _ members: (inout JSONWriter) -> Void) -> ByteBuffer {
        var writer = JSONWriter(capacity: capacity)
        writer.object(members)
        return writer.buffer
    }

    mutating func object(_ members: (inout JSONWriter) -> Void) {
        open("{")
        members(&self)
        close("}")
    }

    mutating func array<Elements: Sequence>(_ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void) {
        open("[")
        for element in elements { write(&self, element) }
        close("]")
    }

    /// - Parameter key: written as it is, so it must need no escapes.
    mutating func key(_ key: StaticString) {
        separate()
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeStaticString(key)
        buffer.writeStaticString("\":")
        needsComma = false
    }

    mutating func member(_ key: StaticString, _ value: String) {
        self.key(key)
        string(value)
    }

    /// A missing text is written as null.
    mutating func member(_ key: StaticString, _ value: String?) {
        self.key(key)
        if let value { string(value) } else { null() }
    }

    mutating func member(_ key: StaticString, _ value: JSONValue) {
        self.key(key)
        separate()
        buffer.writeString(value.text)
        needsComma = true
    }

    mutating func member(_ key: StaticString, _ value: Int) {
        self.key(key)
        integer(value)
    }

    mutating func member(_ key: StaticString, _ value: Bool) {
        self.key(key)
        separate()
        buffer.writeStaticString(value ? "true" : "false")
        needsComma = true
    }

    /// A moment as ISO 8601, or null.
    mutating func member(_ key: StaticString, _ moment: Timestamp?) {
        member(key, moment?.iso8601)
    }

    mutating func integer(_ value: Int) {
        separate()
        buffer.writeString(String(value))
        needsComma = true
    }

    mutating func null() {
        separate()
        buffer.writeStaticString("null")
        needsComma = true
    }

    mutating func string(_ value: String) {
        separate()
        buffer.writeInteger(UInt8(ascii: "\""))
        var value = value
        value.withUTF8 { escape($0) }
        buffer.writeInteger(UInt8(ascii: "\""))
        needsComma = true
    }

    // MARK: Pieces of a document that is written in several buffers

    /// Begins an object or array that another buffer may end.
    mutating func open(_ brace: StaticString) {
        separate()
        buffer.writeStaticString(brace)
        needsComma = false
    }

    mutating func close(_ brace: StaticString) {
        buffer.writeStaticString(brace)
        needsComma = true
    }

    /// What was written since the last call.
    mutating func takeBuffer() -> ByteBuffer {
        defer { buffer = ByteBufferAllocator().buffer(capacity: buffer.readableBytes) }
        return buffer
    }

    private mutating func separate() {
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
    }

    /// Copies stretches that need no escape as a whole.
    private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x22 || bytes[index] == 0x5C {
            buffer.writeBytes(bytes[start..<index])
            writeEscaped(bytes[index])
            start = index + 1
        }
        buffer.writeBytes(bytes[start...])
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case 0x22: buffer.writeStaticString("\\\"")
        case 0x5C: buffer.writeStaticString("\\\\")
        case 0x0A: buffer.writeStaticString("\\n")
        case 0x0D: buffer.writeStaticString("\\r")
        case 0x09: buffer.writeStaticString("\\t")
        default:
            let digits = Array("0123456789abcdef".utf8)
            buffer.writeStaticString("\\u00")
            buffer.writeInteger(digits[Int(byte >> 4)])
            buffer.writeInteger(digits[Int(byte & 15)])
        }
    }
}
