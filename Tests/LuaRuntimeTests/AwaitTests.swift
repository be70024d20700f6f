import Testing

@testable import LuaRuntime

/// Where a script can wait, and what it hears where it cannot.
@Suite struct AwaitTests {
    private static let places: [(place: String, body: String, expected: [LuaValue])] = [
        ("plain", "return wait(1, 'two')", [1, "two"]),
        ("in pcall", "return pcall(wait, 1)", [true, 1]),
        ("in nested pcall", "return pcall(pcall, wait, 1)", [true, true, 1]),
        ("in xpcall", "return xpcall(wait, print, 1)", [true, 1]),
        ("in a metamethod", "local t = setmetatable({}, { __index = function(_, k) return wait(k) end }) return t.x", ["x"]),
        ("in an operator", "local t = setmetatable({}, { __add = function(_, k) return wait(k) end }) return t + 3", [3]),
        ("in generic for", "local n = 0 for i in function(_, i) return wait(i < 3 and i + 1 or nil) end, nil, 0 do n = n + i end return n", [6]),
        ("in __close", "local r do local x <close> = setmetatable({}, { __close = function() r = wait(5) end }) end return r", [5]),
        ("in a coroutine", "return coroutine.wrap(function() return wait(1) + wait(2) end)()", [3]),
        ("in a nested coroutine", "return coroutine.wrap(function() return coroutine.wrap(function() return wait(8) end)() end)()", [8]),
        ("in coroutine.resume", "return coroutine.resume(coroutine.create(function(a) return wait(a) end), 4)", [true, 4]),
        (
            "in a generator",
            "local s = 0 for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(wait(i)) end end) do s = s + v end return s", [6]
        ),
        ("in a loop", "local s = 0 for i = 1, 1000 do s = s + wait(i) end return s", [500500]),
    ]

    @Test(arguments: places)
    func waits(place: String, body: String, expected: [LuaValue]) throws {
        let state = try LuaState(libraries: [.waiting])
        let handler = try state.function("return function() \(body) end")
        #expect(try state.drive(handler) == expected)
        #expect(state.parkedCount == 0)
    }

    @Test(arguments: [
        ("table.sort({ 3, 1, 2 }, function(a, b) return wait(a < b) end)", "called by 'sort'"),
        ("string.gsub('x', '.', function(c) return wait(c) end)", "called by 'gsub'"),
        ("tostring(setmetatable({}, { __tostring = function() return wait('x') end }))", "called by 'tostring'"),
        ("table.sort({ 2, 1 }, coroutine.wrap(function() wait(1) end))", "impossible"),
    ])
    func saysWhereItCannotWait(body: String, reason: String) throws {
        let state = try LuaState(libraries: [.waiting])
        let error = #expect(throws: LuaError.self) { try state.drive(state.function("return function() \(body) end")) }
        #expect(error?.kind == .cannotWait)
        #expect(error?.message.contains("'wait' has to wait, which is impossible") == true)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(state.parkedCount == 0)
    }

    @Test func cannotWaitWhileLoading() throws {
        let error = try failure("local x = 1\nwait(x)", libraries: [.waiting])
        #expect(error.kind == .cannotWait)
        #expect(error.message.contains("'wait' has to wait, which is impossible while a script is being loaded"))
        #expect(error.line == 2)
        #expect(error.code == "cannot_wait")
        // Not in a coroutine made while loading either.
        #expect(try failure("coroutine.wrap(function() wait(1) end)()", libraries: [.waiting]).kind == .cannotWait)
    }

    @Test func cannotWaitInRequire() throws {
        let state = try LuaState(libraries: [.waiting], searcher: { LuaSource(name: $0, text: "return wait(1)") })
        let error = #expect(throws: LuaError.self) { try state.drive(state.function("return function() return require 'm' end")) }
        #expect(error?.message.contains("called by 'require'") == true)
    }

    @Test func plainCallsCannotWait() throws {
        let state = try LuaState(libraries: [.waiting])
        let function = try state.function("return function() return wait(1) end")
        let error = #expect(throws: LuaError.self) { try state.call(function) }
        #expect(error?.kind == .cannotWait)
        #expect(error?.message.contains("in this kind of handler") == true)
    }

    @Test func errorsOfWaitsAreTables() throws {
        let state = try LuaState(libraries: [.waiting])
        let handler = try state.function("return function() local ok, e = pcall(wait) return ok, e.code, e.message, e.status, tostring(e) end")
        guard case .pending(let pending) = state.start(handler) else { throw LuaError.closed }
        let error = LuaHostError(code: "http", message: "not found", details: ["status": 404])
        guard case .finished(let values) = state.resume(pending.coroutine, with: .failure(error)) else { throw LuaError.closed }
        #expect(values == [false, "http", "not found", 404, "not found"])
    }

    @Test func aParkedCoroutineBelongsToTheEngine() throws {
        let state = try LuaState(libraries: [.waiting])
        try state.evaluate("return 1", name: "x")
        let share = try state.function(
            "local co = coroutine.create(function() return wait(1) end) return function(other) if other then return coroutine.resume(co) end return coroutine.resume(co) end"
        )
        guard case .pending(let pending) = state.start(share) else { throw LuaError.closed }
        guard case .finished(let values) = state.start(share, [true]) else { throw LuaError.closed }
        #expect(values == [false, "cannot resume a coroutine that is waiting"])
        guard case .finished(let own) = state.resume(pending.coroutine, with: .success([5])) else { throw LuaError.closed }
        #expect(own == [true, 5])
    }

    @Test func aHandlerCannotYieldItself() throws {
        let state = try LuaState()
        let handler = try state.function("return function() coroutine.yield(1) end")
        let error = #expect(throws: LuaError.self) { try state.drive(handler) }
        #expect(error?.message.contains("outside a coroutine") == true)
    }

    @Test func misuseOfCoroutineNumbersIsAnError() throws {
        let state = try LuaState(libraries: [.waiting])
        for number: Int32 in [-1, 0, 99] {
            guard case .failed(let error) = state.resume(number, with: .success([])) else { throw LuaError.closed }
            #expect(error.kind == .invalid)
        }
    }

    @Test func recycledCoroutinesAreClean() throws {
        let state = try LuaState(libraries: [.waiting])
        let handler = try state.function(
            """
            return function(n, fail)
              local closed
              do local x <close> = setmetatable({}, { __close = function() closed = true end }) wait(n) end
              if fail then error("no") end
              return n, closed, coroutine.isyieldable()
            end
            """)
        for n: Int64 in 0..<500 {
            if n % 7 == 0 {
                #expect(throws: LuaError.self) { try state.drive(handler, [.integer(n), true]) }
            } else {
                #expect(try state.drive(handler, [.integer(n)]) == [.integer(n), true, false])
            }
        }
        #expect(state.parkedCount == 0)
    }

    @Test func aThreadThatEscapedIsNotRecycled() throws {
        let state = try LuaState()
        let handler = try state.function(
            "local kept return function(get) if get then return coroutine.status(kept) end kept = coroutine.running() end")
        #expect(try state.drive(handler) == [])
        #expect(try state.drive(handler, [true]) == ["dead"])
    }
}
