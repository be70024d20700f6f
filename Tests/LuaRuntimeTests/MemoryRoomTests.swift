import Testing

@testable import LuaRuntime

/// Whether a call finds room after, and between, others that took much.
@Suite struct MemoryRoomTests {
    /// The buffer of `string.rep` comes from the allocator itself: for it Lua collects nothing.
    private static let small = "return function() return #(('line of text\\n'):rep(8000)) end"
    private static let eat = "return function() local t, s = {}, ('x'):rep(50000) while true do t[#t + 1] = s .. #t end end"

    @Test(arguments: [true, false])
    func oneThatRunsOutOfMemoryLeavesNothingToTheNext(isHandler: Bool) throws {
        let state = try LuaState()
        let (small, eat) = (try state.function(Self.small), try state.function(Self.eat))
        for _ in 0..<3 {
            let error = #expect(throws: LuaError.self) {
                if isHandler { _ = try state.drive(eat) } else { _ = try state.call(eat) }
            }
            #expect(error?.kind == .memory)
            #expect(state.memoryUsed < 2 << 20)
            #expect(try state.drive(small) == [104_000])
        }
    }

    /// It catches its own error, so nobody hears of it; the other waited meanwhile.
    @Test func garbageOfAnotherDoesNotFailOneThatGoesOn() throws {
        let state = try LuaState(libraries: [.waiting])
        let greedy = try state.function(
            "return function() local t = {} pcall(function() while true do t[#t + 1] = ('x'):rep(50000) .. #t end end) return #t end")
        let waiting = try state.function("return function() wait() return #(('y'):rep(5 << 20)) end")
        guard case .pending(let pending) = state.start(waiting) else { return #expect(Bool(false), "it waits") }
        #expect(try state.drive(greedy).first?.integerValue ?? 0 > 1000)
        #expect(state.memoryUsed > 60 << 20)
        guard case .finished([5_242_880]) = state.resume(pending.coroutine, with: .success([])) else {
            return #expect(Bool(false), "there is room")
        }
    }

    /// With 40 MiB kept, Lua's own next cycle would begin at 80, and a buffer that it makes room for nowhere would not fit before.
    @Test func theCollectorIsPacedByTheLimit() throws {
        let state = try LuaState()
        let grow = try state.function("local keep = {} return function(n) for i = #keep + 1, n do keep[i] = ('x'):rep(1000) .. i end end")
        for size in stride(from: 1000, through: 38_000, by: 1000) { _ = try state.drive(grow, [.integer(Int64(size))]) }
        let churn = try state.function(
            """
            return function()
              for round = 1, 100 do
                for i = 1, 50 do local s = ('y'):rep(20000) .. i end
                local z = ('z'):rep((round % 5 + 1) << 20)
              end
              return 1
            end
            """)
        #expect(try state.drive(churn) == [1])
    }

    /// What is kept no longer must not cost collections for ever.
    @Test func theCollectorRestsAgain() throws {
        let state = try LuaState()
        let hold = try state.function("local keep return function(n) keep = {} for i = 1, n do keep[i] = ('x'):rep(1000) .. i end end")
        _ = try state.drive(hold, [38_000])
        _ = try state.drive(hold, [1])
        #expect(state.pause < 200)
        state.collectGarbage()
        _ = try state.drive(hold, [1])
        #expect(state.pause == 200)
    }
}
