import Testing

@testable import LuaRuntime

@Suite struct ErrorTests {
    /// Each closes the next, inside of which Lua counts C's stack anew.
    @Test func coroutinesThatCloseEachOtherDoNotEndTheStack() throws {
        let source = """
            local inner
            for _ = 1, 20000 do
              local next = inner
              inner = coroutine.create(function()
                local guard <close> = setmetatable({}, { __close = function() if next then assert(coroutine.close(next)) end end })
                coroutine.yield()
              end)
              coroutine.resume(inner)
            end
            return coroutine.close(inner)
            """
        let results = try run(source)
        #expect(results.first == false && "\(results)".contains("C stack overflow"), "\(results)")
    }

    private static let raised: [(source: String, message: String, value: LuaValue)] = [
        ("error('text')", "test.lua:1: text", "test.lua:1: text"),
        ("error('text', 0)", "text", "text"),
        ("error(nil)", "nil", nil),
        ("error()", "nil", nil),
        ("error(42)", "42", 42),
        ("error(true)", "true", true),
        ("error({ code = 'x' })", "{ code = \"x\" }", ["code": "x"]),
        (
            "error({ 1, { 'two', ok = true }, ['a b'] = 0.5 })", "{ 1, { \"two\", ok = true }, [\"a b\"] = 0.5 }",
            .table(LuaTable(array: [1, .table(LuaTable(array: ["two"], fields: ["ok": true]))], fields: ["a b": 0.5]))
        ),
        ("error({})", "{}", .table(LuaTable())),
        ("error(setmetatable({ 1 }, { __tostring = function() return 'described' end }))", "described", [1]),
        ("error(setmetatable({ 1 }, { __tostring = function() error('again') end }))", "(a value that cannot", [1]),
        ("error(setmetatable({ 1 }, { __tostring = function() return {} end }))", "(a value that cannot", [1]),
    ]

    @Test(arguments: raised)
    func anyValueCanBeRaised(source: String, message: String, value: LuaValue) throws {
        let state = try LuaState()
        for error in try [
            failure(source),
            #require(throws: LuaError.self) { try state.drive(state.function("return function() \(source) end")) },
        ] {
            #expect(error.kind == .runtime)
            #expect(error.message.hasPrefix(message), "\(error.message)")
            #expect(error.value == value)
            #expect(error.location == LuaLocation(source: "test.lua", line: 1))
        }
    }

    @Test func whatCannotBeCopiedIsKept() throws {
        let function = try failure("error(print)")
        #expect(function.value.functionValue != nil)
        #expect(function.message == "(a function was raised)")
        let loop = try failure("local t = {} t.t = t error(t)")
        #expect(loop.value.typeName == "reference")
        #expect(loop.message == "(a table was raised)")
    }

    @Test func aLargeTableIsToldInPart() throws {
        let source = "local t = { note = ('x'):rep(1000), deep = { { { { 1 } } } } } for i = 1, 1000 do t[i] = i end error(t)"
        let message = try failure(source).message
        #expect(message.hasPrefix("{ 1, 2, 3, ") && message.hasSuffix(", … }"), "\(message)")
        #expect(message.utf8.count < 300)
        #expect(try failure("error({ deep = { { { { 1 } } } } })").message == "{ deep = { { { … } } } }")
        #expect(try failure("error({ f = print })").message == "{ f = (function) }")
    }

    @Test func syntaxErrorsNameTheLine() throws {
        let error = try failure("local x = 1\nlocal = 2")
        #expect(error.kind == .syntax)
        #expect(error.message.hasPrefix("test.lua:2:"))
    }

    @Test func tracebacksNameEachFrame() throws {
        let source = """
            local function inner() error("deep") end
            local function outer()
              inner()
              return 1
            end
            outer()
            """
        let error = try failure(source)
        #expect(
            error.traceback.split(separator: "\n") == [
                "[native]: in function 'error'",
                "test.lua:1: in upvalue 'inner'", "test.lua:3: in local 'outer'", "test.lua:6: in main chunk",
            ])
    }

    @Test func tracebacksGoAcrossWaitsAndCoroutines() throws {
        let state = try LuaState(libraries: [.waiting])
        let handler = try state.function(
            """
            local function fetch() wait() end
            return function()
              local step = coroutine.wrap(function()
                fetch()
              end)
              step()
            end
            """)
        guard case .pending(let pending) = state.start(handler) else { throw LuaError.closed }
        let reply: Result<[LuaValue], any Error> = .failure(LuaHostError(code: "x", message: "failed"))
        guard case .failed(let error) = state.resume(pending.coroutine, with: reply) else { throw LuaError.closed }
        #expect(error.message == "failed")
        #expect(error.code == "x")
        #expect(error.location?.line == 1)
        let lines = error.traceback.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("test.lua:1: in upvalue 'fetch'") })
        #expect(lines.contains { $0.hasPrefix("test.lua:4: in") })
        #expect(lines.contains { $0.hasPrefix("test.lua:6: in") })
    }

    @Test func aCaughtErrorLeavesNoTraceback() throws {
        let error = try failure("pcall(function()\nerror('one')\nend)\nerror('two')")
        #expect(error.location?.line == 4)
        #expect(!error.traceback.contains("test.lua:2"))
    }

    @Test func hostErrorsHaveCodeAndMessage() throws {
        struct Odd: Error {}
        let library = LuaLibrary(functions: [
            .synchronous("fail") { _ in throw LuaHostError(code: "nope", message: "it failed", details: ["n": 1]) },
            .synchronous("odd") { _ in throw Odd() },
        ])
        let error = try failure("\nfail()", libraries: [library])
        #expect(error.message == "it failed")
        #expect(error.value == ["code": "nope", "message": "it failed", "n": 1])
        #expect(error.line == 2)
        let source = "local ok, e = pcall(odd) return e.code, tostring(e), getmetatable(e)"
        #expect(try run(source, libraries: [library]) == ["internal", "Odd()", false])
    }

    @Test func reentrantFunctionsPassErrorsOn() throws {
        let library = LuaLibrary(functions: [
            .reentrant("apply") { call, state in
                guard let function = call[0].functionValue else { return [] }
                return try state.call(function, Array(call.arguments.dropFirst()))
            }
        ])
        #expect(try run("return apply(function(a, b) return b .. a end, 'x', 'y')", libraries: [library]) == ["yx"])
        let error = try failure("apply(function()\nerror({ mine = 1 }) end)", libraries: [library])
        #expect(error.value == ["mine": 1])
        #expect(error.traceback.contains("test.lua:2"))
        #expect(error.traceback.contains("test.lua:1: in main chunk"))
        // An error that was handled leaves nothing behind.
        #expect(try run("pcall(apply, error, 'x') return apply(function() return 1 end)", libraries: [library]) == [1])
    }

    @Test func stackOverflowIsAnError() throws {
        var limits = LuaLimits()
        limits.memoryBytesMax = 256 << 20
        let roomy = try LuaState(limits: limits)
        let overflow = #expect(throws: LuaError.self) { try roomy.evaluate("local function f() return 1 + f() end f()", name: "t") }
        #expect(overflow?.message.contains("stack overflow") == true)
        #expect(
            try failure("local t = setmetatable({}, {}) getmetatable(t).__index = function(s, k) return s[k] end return t.x")
                .message.contains("stack overflow"))
        #expect(try run("local function f() return pcall(f) end return f()").count > 0)
        #expect(try run("local function f() return coroutine.wrap(f)() end return (pcall(f))") == [false])
    }

    @Test func callerLocationsAreThoseOfLua() throws {
        let library = LuaLibrary(functions: [
            .synchronous("whereami") { [.string($0.location?.description ?? "nowhere")] },
            LuaHostFunction.synchronous("quiet") { [.bool($0.location == nil)] }.withoutLocation(),
        ])
        #expect(try run("\nreturn whereami(), quiet(), select(2, pcall(whereami))", libraries: [library]) == ["test.lua:2", true, "test.lua:2"])
    }
}
