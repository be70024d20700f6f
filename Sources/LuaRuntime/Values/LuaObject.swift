/// A value of a host-defined type, which a script can hold and pass on but neither read nor forge.
///
/// In Lua it is a userdata with the metatable of its ``LuaObjectType``; the payload means something
/// only to the host: an id, or the bytes of a secret. Two objects of one type with equal payloads
/// are equal in scripts too.
public struct LuaObject: Sendable, Hashable {
    /// The name of a ``LuaObjectType`` of the VM.
    public let typeName: String
    public let payload: [UInt8]

    public init(typeName: String, payload: [UInt8]) {
        self.typeName = typeName
        self.payload = payload
    }

    /// An object whose payload is a number.
    public init(typeName: String, id: UInt64) {
        self.init(typeName: typeName, payload: withUnsafeBytes(of: id.littleEndian) { Array($0) })
    }

    /// The number given to ``init(typeName:id:)``; nil when the payload is something else.
    public var id: UInt64? {
        guard payload.count == 8 else { return nil }
        return payload.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
