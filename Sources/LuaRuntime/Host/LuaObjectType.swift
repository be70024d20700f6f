/// A type of opaque values; see ``LuaObject``.
public struct LuaObjectType: Sendable {
    /// Unique in a VM. Scripts see it in error messages.
    public let name: String
    /// Called as `object:name(…)`; the object is the first argument.
    public var methods: [LuaHostFunction]
    /// Metamethods by their Lua names, such as `__tostring`, `__concat`, `__index`. With an `__index` of its own
    /// a type has no ``methods``.
    public var metamethods: [LuaHostFunction]

    public init(name: String, methods: [LuaHostFunction] = [], metamethods: [LuaHostFunction] = []) {
        self.name = name
        self.methods = methods
        self.metamethods = metamethods
    }
}
