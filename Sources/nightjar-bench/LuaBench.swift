import LuaRuntime

/// The Lua bridge against the same work in a raw loop over Lua's own API.
struct LuaBench {
    private static let passes = 1_000_000

    private static let script = """
        return {
          empty = function() end,
          add = function(a, b) return a + b end,
          forever = function() while true do wait() end end,
        }
        """

    func run() throws {
        let raw = try RawLua()
        let wait = LuaHostFunction.awaiting("wait") { _ in [] }.withoutLocation()
        let state = try LuaState(libraries: [LuaLibrary(functions: [wait])])
        guard case .table(let functions)? = try state.evaluate(Self.script, name: "bench").first,
            let empty = functions["empty"].functionValue, let add = functions["add"].functionValue,
            let forever = functions["forever"].functionValue
        else { return }
        try measureCalls(state, raw, empty, add)
        try measureAwait(state, raw, forever)
        try measureHandler(state, raw, empty)
    }

    private func measureCalls(_ state: LuaState, _ raw: RawLua, _ empty: LuaFunction, _ add: LuaFunction) throws {
        var results: [LuaValue] = []
        let call = try Stopwatch.nanoseconds(passes: Self.passes) { passes in
            for _ in 0..<passes { try state.call(empty, [], into: &results) }
        }
        Figure(
            name: "lua.call", value: call, unit: "ns",
            reference: ("raw C loop", Stopwatch.nanoseconds(passes: Self.passes, raw.callEmpty))
        ).print()
        let arguments: [LuaValue] = [1, 2]
        let sum = try Stopwatch.nanoseconds(passes: Self.passes) { passes in
            for _ in 0..<passes { try state.call(add, arguments, into: &results) }
        }
        Figure(
            name: "lua.call_int_int", value: sum, unit: "ns",
            reference: ("raw C loop", Stopwatch.nanoseconds(passes: Self.passes, raw.callAdd))
        ).print()
    }

    private func measureAwait(_ state: LuaState, _ raw: RawLua, _ forever: LuaFunction) throws {
        guard case .pending(let pending) = state.start(forever, []) else { return }
        let roundTrip = Stopwatch.nanoseconds(passes: Self.passes) { passes in
            for _ in 0..<passes { _ = state.resume(pending.coroutine, with: .success([])) }
        }
        Figure(
            name: "lua.await", value: roundTrip, unit: "ns",
            reference: ("raw C loop", Stopwatch.nanoseconds(passes: Self.passes, raw.yieldAndResume))
        ).print()
    }

    private func measureHandler(_ state: LuaState, _ raw: RawLua, _ empty: LuaFunction) throws {
        let handler = Stopwatch.nanoseconds(passes: Self.passes) { passes in
            for _ in 0..<passes { _ = state.start(empty, []) }
        }
        Figure(
            name: "lua.handler", value: handler, unit: "ns",
            reference: ("raw C loop", Stopwatch.nanoseconds(passes: Self.passes, raw.runCoroutine))
        ).print()
    }
}
