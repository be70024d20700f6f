import CLua

/// What a program in C does: the loops that the bridge is held against. Calls are protected (`lua_pcall`), as every host's must be
/// that is to survive an error.
final class RawLua {
    struct Unavailable: Error {}

    /// `LUA_REGISTRYINDEX`, which is a macro that Swift does not see.
    private static let registry: Int32 = -1_000_000 - 1000

    private let state: OpaquePointer
    private let empty: lua_Integer
    private let add: lua_Integer
    private let forever: lua_Integer

    init() throws {
        guard let state = luaL_newstate() else { throw Unavailable() }
        self.state = state
        luaL_openlibs(state)
        // It leaves Swift's frame by a jump, which is fine for a frame that owns nothing.
        lua_pushcclosure(state, { lua_yieldk($0, 0, 0, nil) }, 0)
        lua_setglobal(state, "wait")
        empty = try Self.function(state, "return function() end")
        add = try Self.function(state, "return function(a, b) return a + b end")
        forever = try Self.function(state, "return function() while true do wait() end end")
    }

    deinit { lua_close(state) }

    private static func function(_ state: OpaquePointer, _ source: String) throws -> lua_Integer {
        guard luaL_loadstring(state, source) == LUA_OK else { throw Unavailable() }
        lua_callk(state, 0, 1, 0, nil)
        return lua_Integer(luaL_ref(state, registry))
    }

    func callEmpty(_ passes: Int) {
        for _ in 0..<passes {
            lua_rawgeti(state, Self.registry, empty)
            lua_pcallk(state, 0, 0, 0, 0, nil)
        }
    }

    func callAdd(_ passes: Int) {
        for _ in 0..<passes {
            lua_rawgeti(state, Self.registry, add)
            lua_pushinteger(state, 1)
            lua_pushinteger(state, 2)
            lua_pcallk(state, 2, 1, 0, 0, nil)
            lua_settop(state, 0)
        }
    }

    func yieldAndResume(_ passes: Int) {
        guard let coroutine = lua_newthread(state) else { return }
        lua_rawgeti(coroutine, Self.registry, forever)
        var results: Int32 = 0
        lua_resume(coroutine, state, 0, &results)
        for _ in 0..<passes { lua_resume(coroutine, state, 0, &results) }
        lua_settop(state, 0)
    }

    func runCoroutine(_ passes: Int) {
        guard let coroutine = lua_newthread(state) else { return }
        var results: Int32 = 0
        for _ in 0..<passes {
            lua_rawgeti(coroutine, Self.registry, empty)
            lua_resume(coroutine, state, 0, &results)
            lua_settop(coroutine, 0)
        }
        lua_settop(state, 0)
    }
}
