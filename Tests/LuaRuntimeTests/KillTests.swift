import Testing

@testable import LuaRuntime

/// Scripts that do not want to end. Skipped under ThreadSanitizer, which defers signals.
@Suite(.timeLimit(.minutes(2))) struct KillTests {
    private func machine() async throws -> LuaVM {
        var configuration = LuaVM.Configuration()
        configuration.libraries += [.waiting]
        return try await LuaVM(configuration)
    }

    private static let attacks: [(name: String, body: String)] = [
        ("a loop", "while true do end"),
        ("pcall around a loop", "pcall(function() while true do end end) return 1"),
        ("a loop of pcalls", "while true do pcall(function() while true do end end) end"),
        ("a loop in a message handler", "xpcall(error, function() while true do end end) return 1"),
        ("a handler that raises for ever", "while true do xpcall(error, function(e) error(e) end) end"),
        ("xpcall in xpcall", "xpcall(function() xpcall(error, function() while true do end end) end, function() while true do end end) return 1"),
        (
            "nested coroutines",
            """
            local function nest(n) if n == 0 then while true do end end
              return coroutine.wrap(function() for _ = 1, 100 do end return nest(n - 1) end)() end
            nest(50)
            """
        ),
        ("many coroutines", "while true do coroutine.wrap(function() for i = 1, 100 do end end)() end"),
        ("a resume that swallows", "while true do coroutine.resume(coroutine.create(function() while true do end end)) end"),
        ("an earlier coroutine", "local co = coroutine.wrap(function() coroutine.yield() while true do end end) co() wait() co()"),
        ("a metamethod", "local t = setmetatable({}, { __index = function() while true do end end }) pcall(function() return t.x end)"),
        ("a comparator", "pcall(table.sort, { 1, 2, 3 }, function() while true do end end)"),
        ("a gsub callback", "pcall(string.gsub, 'xyz', '.', function() while true do end end)"),
        ("an iterator", "for _ in function() return 1 end do end"),
        ("__close in pcall", "pcall(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) end)"),
        ("__close after the kill", "local x <close> = setmetatable({}, { __close = function() while true do end end }) while true do end"),
        (
            "__close in coroutine.close",
            """
            local co = coroutine.create(function()
              local x <close> = setmetatable({}, { __close = function() while true do end end }) coroutine.yield() end)
            coroutine.resume(co) coroutine.close(co) return 1
            """
        ),
        ("__tostring of the error", "error(setmetatable({}, { __tostring = function() while true do end end }))"),
        ("load in a loop", "while true do pcall(load('while true do end')) end"),
        ("recursion", "local function f() pcall(f) return f() end f()"),
    ]

    @Test(arguments: attacks)
    func isKilled(name: String, body: String) async throws {
        let vm = try await machine()
        let handler = try await vm.function("return function() \(body) end", name: "attack.lua")
        for _ in 0..<2 {
            let error = await #expect(throws: LuaError.self) { try await vm.call(handler) }
            // Its calls are inside each other, as many as the time allows.
            let isDeep = name == "recursion" && error?.kind == .stackOverflow
            #expect(error?.kind == .timeout || isDeep, "\(error.map(String.init(describing:)) ?? "no error")")
            let plain = await #expect(throws: LuaError.self) { try await vm.callWithoutWaiting(handler) }
            #expect(plain?.kind == .timeout || plain?.kind == .cannotWait, "\(plain.map(String.init(describing:)) ?? "no error")")
        }
        #expect(try await vm.evaluate("return 1", name: "after") == [1])
        #expect(!vm.statistics.isQuarantined)
        await vm.close()
    }

    @Test func theErrorSaysWhere() async throws {
        let vm = try await machine()
        let handler = try await vm.function(
            "return function()\n  local step = coroutine.wrap(function()\n    while true do end\n  end)\n  step()\nend", name: "loop.lua")
        let error = await #expect(throws: LuaError.self) { try await vm.call(handler) }
        #expect(error?.location == LuaLocation(source: "loop.lua", line: 3))
        #expect(error?.traceback.contains("loop.lua:5") == true)
    }

    @Test func aKillHitsOnlyItsCall() async throws {
        let vm = try await machine()
        let endless = try await vm.function("return function() while true do end end")
        let brief = try await vm.function("return function(n) for _ = 1, 1000 do end return n end")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for n: Int64 in 0..<300 {
                group.addTask {
                    if n % 60 == 0 {
                        let error = await #expect(throws: LuaError.self) { try await vm.call(endless) }
                        #expect(error?.kind == .timeout)
                    } else {
                        let values = try await vm.call(brief, [.integer(n)])
                        #expect(values == [.integer(n)])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func waitingIsNotCounted() async throws {
        var configuration = LuaVM.Configuration()
        configuration.cpuLimit = .milliseconds(60)
        configuration.libraries += [.waiting]
        let vm = try await LuaVM(configuration)
        // About 20 times a third of the limit.
        let handler = try await vm.function(
            """
            return function()
              for _ = 1, 20 do
                for _ = 1, 200000 do end
                wait()
              end
              return "done"
            end
            """)
        #expect(try await vm.call(handler) == ["done"])
    }

    @Test func aCancelledHandlerCannotLoopForEver() async throws {
        let parking = Parking()
        var configuration = LuaVM.Configuration()
        configuration.libraries += [parking.library]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function() while true do pcall(park) end end")
        let task = Task { try await vm.call(handler) }
        await parking.waitForParked(1)
        task.cancel()
        let error = await #expect(throws: LuaError.self) { try await task.value }
        #expect(error?.kind == .timeout)
    }

    @Test func loadingHasItsOwnLimit() async throws {
        var configuration = LuaVM.Configuration()
        configuration.cpuLimit = .milliseconds(20)
        configuration.loadLimit = .milliseconds(400)
        let vm = try await LuaVM(configuration)
        let clock = ContinuousClock()
        var error: LuaError?
        let time = await clock.measure { error = await #expect(throws: LuaError.self) { try await vm.evaluate("while true do end", name: "x") } }
        #expect(error?.kind == .timeout)
        #expect(time >= .milliseconds(390))
    }

    @Test func closingKillsWhatRuns() async throws {
        var configuration = LuaVM.Configuration()
        configuration.cpuLimit = .seconds(1000)
        let started = Lines()
        configuration.libraries += [
            LuaLibrary(functions: [
                .synchronous("started") { _ in
                    started.append(""); return []
                }
            ])
        ]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function() started() while true do end end")
        let task = Task { try await vm.call(handler) }
        while started.all.isEmpty { await Task.yield() }
        await vm.close()
        let error = await #expect(throws: LuaError.self) { try await task.value }
        #expect(error?.kind == .closed)
    }
}
