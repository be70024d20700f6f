import LuaRuntime
import NightjarEngine

extension LuaLibrary {
    /// Tells who reaches for a name that a module does not have what it has, and who reaches for a part of Lua that is left out what to
    /// use instead. Put it behind the libraries it guards: it looks at the modules that are there.
    ///
    /// Only names that are missing come by here, so calls of those that are there cost what they did.
    static let missingNames: [LuaLibrary] = [
        LuaLibrary(path: "_unavailable", constants: unavailable.mapValues(LuaValue.string)),
        LuaLibrary(
            path: "_missing",
            functions: [.synchronous("unavailable", unavailableName), .synchronous("unknown", unknownName)],
            prelude: [LuaSource(name: "missing names", text: guards)]),
    ]

    /// Parts of Lua that scripts may know and do not find, with what to use instead. The bridge looks here for globals.
    private static let unavailable = [
        "io": "exec { \"cat\", path } reads a file, http fetches, and state keeps data",
        "debug": "errors bring their traceback by themselves, and log.debug shows values",
        "package": "require(\"lib.name\") loads lib/name.lua",
        "dofile": "require(\"lib.name\") loads lib/name.lua",
        "loadfile": "require(\"lib.name\") loads lib/name.lua",
        "loadstring": "use load",
        "module": "return a table from the file, and require it",
        "setfenv": "load takes the environment as its fourth argument",
        "unpack": "use table.unpack",
        "rawset": "assign with t[key] = value",
        "warn": "use log.warn",
        "_G": "keep what functions share in a local, and what must last in state",
        "os.execute": "use exec { \"command\", \"argument\" }",
        "os.exit": "a handler ends with return, or with ctx:fail(reason)",
        "os.getenv": "use env.NAME, or secret \"NAME\" for what nobody may see",
        "os.remove": "use exec { \"rm\", path }",
        "os.rename": "use exec { \"mv\", from, to }",
        "os.tmpname": "use exec { \"mktemp\" }",
        "os.setlocale": "text is UTF-8 everywhere",
        "string.dump": "scripts are loaded as text only",
    ]

    /// What is left out of Lua's own modules is told; any other name they lack is nil, as portable code expects. Our own modules lack
    /// nothing that a correct script asks for.
    private static let guards = """
        local native = ...
        local advice, missing = _unavailable, _missing
        local standard = { coroutine = true, math = true, os = true, string = true, table = true, utf8 = true }
        for name, module in next, _ENV do
          if type(module) == "table" and name:sub(1, 1) ~= "_" and getmetatable(module) == nil then
            setmetatable(module, { __metatable = false, __index = native(function(self, key)
              if type(key) ~= "string" then return nil end
              local instead = advice[name .. "." .. key]
              if instead then missing.unavailable(name .. "." .. key, instead) end
              if standard[name] then return nil end
              local known = {}
              for other in next, module do known[#known + 1] = other end
              missing.unknown(name, key, known)
            end) })
          end
        end
        _missing = nil
        """

    @Sendable private static func unavailableName(_ call: LuaCall) throws -> [LuaValue] {
        throw LuaHostError(
            code: "not_available", message: "'\(call[0].stringValue ?? "")' is not available: \(call[1].stringValue ?? "")")
    }

    @Sendable private static func unknownName(_ call: LuaCall) throws -> [LuaValue] {
        let (module, key) = (call[0].stringValue ?? "", call[1].stringValue ?? "")
        let known = (call[2].tableValue?.array ?? []).compactMap(\.stringValue).sorted()
        let near = NearestNames.question(NearestNames.find(key, in: known)) ?? "it has \(known.joined(separator: ", "))"
        throw LuaHostError(code: "unknown_field", message: "\(module) has no '\(key)' (\(near))")
    }
}
