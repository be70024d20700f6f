package import LuaRuntime
package import NightjarEngine

extension LuaLibrary {
    /// `state.key`, `state.key = value`, `state.update(key, function)`, `state.keys()` and `pairs(state)`: durable data.
    ///
    /// Reads return views that cannot be written to, so that nobody takes a change of one for a change of the state. `update` gives its
    /// function a copy that can, stores what it returns, and starts over when somebody else wrote the key meanwhile.
    package static func state(_ table: StateTable) -> LuaLibrary {
        LuaLibrary(
            path: "state",
            functions: [
                .synchronous("get") { call in
                    try check(call, writes: false)
                    return [try StateValues(table).value(of: call[0])]
                },
                .synchronous("set") { call in
                    try check(call, writes: true)
                    try StateValues(table).set(call[0], to: call[1])
                    return []
                },
                .synchronous("keys") { call in
                    try check(call, writes: false)
                    return [.list(table.keys.map(LuaValue.string))]
                },
                .reentrant("update") { call, lua in
                    try check(call, writes: true)
                    guard let change = call[1].functionValue else {
                        throw LuaHostError.badArgument("state.update", "expected a key and a function, got a \(call[1].typeName)")
                    }
                    return [try StateValues(table).update(call[0]) { try lua.call(change, [$0]).first ?? .nil }]
                },
                .synchronous("refuse") { _ in
                    throw LuaHostError(
                        code: "read_only",
                        message:
                            "a value read from state cannot be changed: assign the whole value (state.key = value) or use state.update(key, function)"
                    )
                },
            ],
            prelude: [LuaSource(name: "state", text: statePrelude)])
    }

    /// `next` is replaced since Lua's own cannot see into a view.
    private static let statePrelude = """
        local native, host, next, error, type = ..., state, next, error, type
        local tables = setmetatable({}, { __mode = "k" })
        local view = { __metatable = false, __name = "state value", __frozen = tables, __newindex = host.refuse }

        local function freeze(value)
          if type(value) ~= "table" then return value end
          local frozen = setmetatable({}, view)
          tables[frozen] = value
          return frozen
        end

        local function each(frozen, key)
          local found, value = next(tables[frozen], key)
          return found, freeze(value)
        end

        view.__index = function(frozen, key) return freeze(tables[frozen][key]) end
        view.__len = function(frozen) return #tables[frozen] end
        view.__pairs = function(frozen) return each, frozen, nil end

        _ENV.next = native(function(value, key)
          if type(value) ~= "table" then
            error("bad argument #1 to 'next' (table expected, got " .. type(value) .. ")", 3)
          end
          if tables[value] then return each(value, key) end
          return next(value, key)
        end)

        local functions = {
          keys = host.keys,
          update = native(function(key, change) return freeze(host.update(key, change)) end),
        }
        state = setmetatable({}, {
          __metatable = false, __name = "state",
          __index = function(_, key) return functions[key] or freeze(host.get(key)) end,
          __newindex = function(_, key, value) host.set(key, value) end,
          __pairs = function()
            local names, position = host.keys(), 0
            return function()
              position = position + 1
              local name = names[position]
              if name ~= nil then return name, freeze(host.get(name)) end
            end
          end,
        })
        """

    private static func check(_ call: LuaCall, writes: Bool) throws {
        if !writes, case .format? = call.context as? ScriptInvocation { return }
        _ = try ScriptInvocation.handler(call, writes ? "writing to state" : "state")
    }
}
