import Testing

@testable import LuaRuntime

@Suite struct SandboxTests {
    @Test(arguments: [
        "io", "debug", "package", "dofile", "loadfile", "warn", "rawset", "_G", "loadstring", "module", "unpack",
    ])
    func isAbsent(name: String) throws {
        let error = try failure("return \(name)")
        #expect(error.message.hasPrefix("test.lua:1: undefined global '\(name)'"))
    }

    @Test(arguments: ["execute", "exit", "getenv", "remove", "rename", "setlocale", "tmpname"])
    func theRestOfOSIsAbsent(name: String) throws {
        #expect(try run("return os.\(name)") == [nil])
    }

    @Test(arguments: [
        "assert", "error", "ipairs", "next", "pairs", "select", "tonumber", "tostring", "type", "rawequal", "rawlen",
        "rawget", "pcall", "xpcall", "setmetatable", "getmetatable", "load", "collectgarbage", "print", "require",
        "os.time", "os.date", "os.clock", "os.difftime", "string.format", "table.concat", "math.floor", "utf8.char",
        "coroutine.wrap", "coroutine.close",
    ])
    func isThere(name: String) throws {
        #expect(try run("return type(\(name))") == ["function"])
    }

    @Test func onlyTheseGlobalsExist() throws {
        let source = "local names = {} for k in next, _ENV do names[#names + 1] = k end table.sort(names) return table.concat(names, ' ')"
        let expected = """
            _VERSION assert collectgarbage coroutine error getmetatable ipairs load math next os pairs pcall print \
            rawequal rawget rawlen require select setmetatable string table tonumber tostring type utf8 xpcall
            """
        #expect(try run(source) == [.string(expected)])
    }

    @Test func bytecodeIsRefused() throws {
        #expect(try run("return string.dump") == [nil])
        #expect(try run("return (load('\\27Lua'))") == [nil])
        #expect(try run("return (load('\\27Lua', 'x', 'b'))") == [nil])
        #expect(try run("return select(2, load('\\27Lua'))")[0].stringValue?.contains("binary chunk") == true)
        let state = try LuaState()
        let error = #expect(throws: LuaError.self) { try state.evaluate("\u{1B}Lua", name: "x") }
        #expect(error?.kind == .syntax)
    }

    @Test func loadIsText() throws {
        #expect(try run("return load('return 1 + 1')()") == [2])
        #expect(try run("return load('return x', 'c', 't', { x = 5 })()") == [5])
        #expect(try run("return (load('return +'))") == [nil])
        #expect(try failure("load(function() end)").message.contains("expected a string"))
    }

    @Test(arguments: ["function() end", "false", "0", "{}"])
    func finalizersAreRefused(placeholder: String) throws {
        #expect(try failure("setmetatable({}, { __gc = \(placeholder) })").message.contains("__gc"))
        let hidden = "setmetatable({}, setmetatable({ __gc = \(placeholder) }, { __index = function() end }))"
        #expect(try failure(hidden).message.contains("__gc"))
    }

    @Test func metatablesAreGuarded() throws {
        #expect(try run("return getmetatable('')") == [false])
        #expect(try run("return getmetatable(_ENV)") == [false])
        #expect(try failure("setmetatable(_ENV, nil)").message.contains("protected"))
        #expect(try run("local m = {} return getmetatable(setmetatable({}, m)) == m") == [true])
        #expect(try failure("setmetatable(setmetatable({}, { __metatable = 1 }), {})").message.contains("protected"))
    }

    @Test func theMarkOfListsIsHidden() throws {
        var list = LuaTable(array: [1])
        list.isList = true
        let library = LuaLibrary(constants: ["list": .table(list)])
        let source = "local before = getmetatable(list) return before, getmetatable(setmetatable(list, { 5 }))[1]"
        #expect(try run(source, libraries: [library]) == [.nil, 5])
        #expect(try run("return list", libraries: [library])[0].tableValue?.isList == true)
    }

    @Test func onlyCountingOfGarbage() throws {
        #expect(try run("return collectgarbage('count') > 1") == [true])
        for option in ["", "'collect'", "'stop'", "'step'"] {
            #expect(try failure("collectgarbage(\(option))").message.contains("only \"count\""))
        }
    }

    @Test(arguments: [
        ("return pirnt", "undefined global 'pirnt' (did you mean 'print'?)"),
        ("return tostrng(1)", "undefined global 'tostrng' (did you mean 'tostring'?)"),
        ("return hello_world", "undefined global 'hello_world'"),
        ("counter = 1", "assignment to undefined global 'counter' (use 'local counter')"),
    ])
    func undefinedGlobalsRaise(source: String, message: String) throws {
        #expect(try failure(source).message == "test.lua:1: \(message)")
    }

    @Test func preludesMayDefineGlobals() throws {
        let library = LuaLibrary(prelude: [LuaSource(name: "prelude", text: "function twice(x) return 2 * x end")])
        #expect(try run("return twice(21)", libraries: [library]) == [42])
        #expect(try failure("thrice = 1", libraries: [library]).kind == .runtime)
    }

    @Test func printGoesToTheHost() throws {
        let lines = Lines()
        let state = try LuaState(print: { line, call in lines.append("\(call.location?.description ?? "?") \(line)") })
        try state.evaluate("print('a', 1, nil)\nprint()", name: "p.lua")
        #expect(lines.all == ["p.lua:1 a\t1\tnil", "p.lua:2 "])
    }

    @Test func librariesAreNestedTables() throws {
        let http = LuaLibrary(path: "net.http", functions: [.synchronous("get") { [.string("got \($0[0].stringValue ?? "")")] }])
        let more = LuaLibrary(path: "net", constants: ["port": 80])
        #expect(try run("return net.http.get('x'), net.port", libraries: [http, more]) == ["got x", 80])
    }
}
