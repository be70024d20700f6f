import Testing

@testable import LuaRuntime

@Suite struct MemoryTests {
    @Test(arguments: [
        "return string.rep('x', 1 << 40)",
        "local t = {} for i = 1, 1 << 40 do t[i] = { i } end",
        "local s = 'x' while true do s = s .. s end",
        "return table.concat({ string.rep('x', 30 << 20), string.rep('y', 30 << 20) })",
        "local keep = {} while true do local c = coroutine.wrap(coroutine.yield) c() keep[#keep + 1] = c end",
    ])
    func theLimitHolds(source: String) throws {
        let state = try LuaState()
        let error = #expect(throws: LuaError.self) { try state.evaluate(source, name: "t") }
        #expect(error?.kind == .memory || error?.message.contains("too large") == true, "\(error?.message ?? "")")
        #expect(state.memoryUsed <= 64 << 20)
        state.collectGarbage()
        #expect(try state.evaluate("return 1 + 1", name: "t") == [2])
        #expect(state.memoryUsed < 2 << 20)
    }

    @Test func memoryErrorsCanBeCaught() throws {
        #expect(try run("return pcall(string.rep, 'x', 60 << 20 << 4)") == [false, "not enough memory"])
    }

    @Test func hugeArgumentsFail() throws {
        let state = try LuaState()
        let length = try state.function("return function(s) return #s end")
        let big = String(repeating: "x", count: 65 << 20)
        let error = #expect(throws: LuaError.self) { try state.call(length, [.string(big)]) }
        #expect(error?.kind == .memory)
        #expect(try state.call(length, ["abc"]) == [3])
    }

    /// A string is one in Lua however often a table has it, and is copied each time it crosses.
    @Test func whatCrossesIsBounded() throws {
        let state = try LuaState()
        let source = "local s, t = string.rep('x', 1 << 20), {} for i = 1, 100 do t[i] = s end return t"
        let error = #expect(throws: LuaError.self) { try state.evaluate(source, name: "t") }
        #expect(error?.message.contains("more than 67108864 bytes at once") == true, "\(error?.message ?? "")")
        #expect(try state.evaluate("return string.rep('x', 3)", name: "t") == ["xxx"])
    }

    /// What an operation leaves that came before is not the error of one that could not begin.
    @Test func aHandlerThatCannotBeginHasItsOwnError() throws {
        let state = try LuaState(libraries: [.waiting])
        let failing = try state.function("return function() error(string.rep('old ', 100)) end")
        let waiting = try state.function("return function(f) wait('a text', f) end")
        _ = state.start(failing, [])
        guard case .pending(let pending) = state.start(waiting, [.function(failing)]) else { return #expect(Bool(false), "it waits") }
        state.failAllocations(from: 1)
        let outcome = state.start(failing, [])
        state.failAllocations(from: 0)
        guard case .failed(let error) = outcome else { return #expect(Bool(false), "there is no memory") }
        #expect(error.kind == .memory && !error.message.contains("old") && error.value == .nil)
        guard case .finished = state.resume(pending.coroutine, with: .success([])) else { return #expect(Bool(false), "the other goes on") }
    }

    /// Out of memory at every allocation of an operation: no crash, no leak.
    @Test(arguments: ["call", "handler", "evaluate", "error"])
    func survivesFailingAllocations(operation: String) throws {
        let library = LuaLibrary(
            functions: [
                .synchronous("echo") { $0.arguments },
                .synchronous("refuse") { _ in throw LuaHostError(code: "no", message: "refused") },
            ],
            constants: ["id": .object(LuaObject(typeName: "id", id: 1))], objectTypes: [LuaObjectType(name: "id")])
        let state = try LuaState(libraries: [library, .waiting])
        let body = """
            return function(a, t, fail)
              local s = a .. tostring(#t) .. "a string long enough not to be interned at all"
              local co = coroutine.wrap(function() coroutine.yield(echo({ s, t, id })) end)
              pcall(error, { code = 1 })
              pcall(refuse)
              if fail then refuse() end
              return co(), { s = s, f = function() return s end }, id
            end
            """
        let function = try state.function(body)
        let waiting = try state.function("return function(...) local r = { wait(...) } return wait({ r, function() return r end }) end")
        let arguments: [LuaValue] = ["text that is longer than forty characters, so it is allocated", [1, [2, "three"]], false]
        func perform() throws {
            switch operation {
            case "call": _ = try state.call(function, arguments)
            case "handler": _ = try state.drive(waiting, arguments)
            case "evaluate": _ = try state.evaluate("local t = {} for i = 1, 20 do t[i] = { i } end return t, function() return t end", name: "t")
            default:
                let error = #expect(throws: LuaError.self) { try state.call(function, [arguments[0], arguments[1], true]) }
                if let error, error.kind != .runtime { throw error }
            }
        }
        for _ in 0..<3 { try perform() }
        state.collectGarbage()
        let baseline = state.memoryUsed
        var failures = 0
        for nth: UInt64 in 1...5000 {
            state.failAllocations(from: nth)
            let result = Result { try perform() }
            state.failAllocations(from: 0)
            if case .success = result { break }
            failures += 1
        }
        #expect(failures > 3 && failures < 5000)
        try perform()
        state.collectGarbage()
        #expect(state.memoryUsed <= baseline + 2048, "\(baseline) became \(state.memoryUsed) after \(failures) failures")
    }

    @Test func creationFailsCleanly() throws {
        for kilobytes in stride(from: 0, to: 40, by: 2) {
            var limits = LuaLimits()
            limits.memoryBytesMax = kilobytes << 10
            _ = try? LuaState(limits: limits)
        }
    }
}
