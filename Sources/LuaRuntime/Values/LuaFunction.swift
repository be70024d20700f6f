/// A Lua function, kept alive in its VM.
///
/// Equality is that of the handle: a function that crosses twice gives two unequal handles.
public struct LuaFunction: Sendable, Hashable {
    /// The handle that keeps the function alive.
    public let reference: LuaReference

    init(reference: LuaReference) { self.reference = reference }
}
