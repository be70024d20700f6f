import Testing

@testable import LuaRuntime

/// Lua allows more calls inside each other than a VM has memory or time for.
@Suite struct StackOverflowTests {
    @Test func itIsKnownByItsDepth() throws {
        let error = try failure("\nlocal function f() return 1 + f() end\nf()")
        #expect(error.kind == .stackOverflow)
        #expect(error.location == LuaLocation(source: "test.lua", line: 2))
        #expect(error.traceback.hasPrefix("test.lua:2: in upvalue 'f'\ntest.lua:2: in upvalue 'f'"))
        #expect(error.traceback.hasSuffix("..."))
    }

    @Test func alsoInAHandlerAndACoroutine() throws {
        let state = try LuaState()
        for body in ["return f()", "return coroutine.wrap(f)()"] {
            let function = try state.function("local function f() return 1 + f() end return function() \(body) end")
            let error = #expect(throws: LuaError.self) { try state.drive(function) }
            #expect(error?.kind == .stackOverflow, "\(body)")
            #expect(error?.line == 1)
            #expect(state.memoryUsed < 2 << 20)
        }
    }

    /// One that was caught is not the reason of what fails later.
    @Test func itIsForgottenWhenItWasCaught() throws {
        let state = try LuaState()
        let caught = "local function f() return 1 + f() end local ok = pcall(f) "
        let error = #expect(throws: LuaError.self) { try state.evaluate(caught + "error('other')", name: "t") }
        #expect(error?.kind == .runtime && error?.message == "t:1: other")
        #expect(error?.traceback == "[native]: in function 'error'\nt:1: in main chunk")
        let memory = #expect(throws: LuaError.self) { try state.evaluate(caught + "local t = {} while true do t[#t + 1] = { #t } end", name: "t") }
        #expect(memory?.kind == .memory)
    }
}
