/// Names that a VM offers to scripts.
public struct LuaLibrary: Sendable {
    /// Where the names live: a dotted path of tables below the globals; empty for globals themselves.
    public var path: String
    public var functions: [LuaHostFunction]
    public var constants: [String: LuaValue]
    public var objectTypes: [LuaObjectType]
    /// Lua code that runs once in a new VM, after all names of all libraries are there. It may define globals, and counts as native
    /// code: errors and callers are located in the script around it. Its argument is a function that makes native functions of its own,
    /// which keep that place in `return f()` too; whatever scripts call should go through it.
    public var prelude: [LuaSource]

    public init(
        path: String = "", functions: [LuaHostFunction] = [], constants: [String: LuaValue] = [:],
        objectTypes: [LuaObjectType] = [], prelude: [LuaSource] = []
    ) {
        self.path = path
        self.functions = functions
        self.constants = constants
        self.objectTypes = objectTypes
        self.prelude = prelude
    }
}
