/// What one VM may use.
public struct LuaLimits: Sendable, Hashable {
    /// Memory of the interpreter. Over it, the call fails and the VM lives on.
    public var memoryBytesMax = 64 << 20
    /// Nesting of tables that cross; protects the native stack and whoever encodes them.
    public var tableDepthMax = 100
    /// Values that cross in one direction in one operation, those in tables included.
    public var tableValuesMax = 1_000_000

    public init() {}
}
