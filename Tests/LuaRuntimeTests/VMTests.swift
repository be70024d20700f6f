import Testing

@testable import LuaRuntime

@Suite(.timeLimit(.minutes(2))) struct VMTests {
    @Test func callsAndWaits() async throws {
        var configuration = LuaVM.Configuration()
        configuration.libraries += [.waiting]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function(a, b) return wait(a) + wait(b) end")
        #expect(try await vm.call(handler, [20, 22]) == [42])
        #expect(try await vm.callWithoutWaiting(vm.load("return 1, 2", name: "x")) == [1, 2])
        let error = await #expect(throws: LuaError.self) { try await vm.callWithoutWaiting(handler, [1, 2]) }
        #expect(error?.kind == .cannotWait)
        await vm.close()
    }

    @Test func errorsOfLoadingArrive() async throws {
        let vm = try await LuaVM()
        let error = await #expect(throws: LuaError.self) { try await vm.evaluate("local = 1", name: "bad.lua") }
        #expect(error?.kind == .syntax)
        var configuration = LuaVM.Configuration()
        configuration.libraries = [LuaLibrary(prelude: [LuaSource(name: "prelude", text: "error('broken')")])]
        let prelude = await #expect(throws: LuaError.self) { try await LuaVM(configuration) }
        #expect(prelude?.message == "[native] prelude:1: broken")
    }

    @Test func theContextReachesHostFunctions() async throws {
        struct User: Sendable, Equatable { let name: String }
        let user: @Sendable (LuaCall) -> [LuaValue] = { [.string(($0.context as? User)?.name ?? "nobody")] }
        var configuration = LuaVM.Configuration()
        configuration.libraries += [
            .waiting, LuaLibrary(functions: [.synchronous("user", user), .awaiting("later") { user($0) }]),
        ]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function() local a = user() wait() return a, user(), later(), all { user }, all { later } end")
        async let ann = vm.call(handler, context: User(name: "ann"))
        async let bob = vm.call(handler, context: User(name: "bob"))
        #expect(try await ann == ["ann", "ann", "ann", "ann", "ann"])
        #expect(try await bob == ["bob", "bob", "bob", "bob", "bob"])
        #expect(try await vm.call(handler)[0] == "nobody")
    }

    @TaskLocal static var marker = "none"

    @Test func taskLocalValuesReachAwaitingFunctions() async throws {
        var configuration = LuaVM.Configuration()
        configuration.libraries += [LuaLibrary(functions: [.awaiting("marker") { _ in [.string(Self.marker)] }])]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function() return marker(), all { marker } end")
        let values = try await Self.$marker.withValue("mine") { try await vm.call(handler) }
        #expect(values == ["mine", "mine"])
    }

    @Test func tenThousandParkedHandlers() async throws {
        let parking = Parking()
        var configuration = LuaVM.Configuration()
        configuration.libraries += [parking.library]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function(n) return (park(n)) end")
        let total = try await withThrowingTaskGroup(of: Int64.self) { group in
            for n: Int64 in 1...10_000 {
                group.addTask { try await vm.call(handler, [.integer(n)])[0].integerValue ?? 0 }
            }
            await parking.waitForParked(10_000)
            #expect(vm.statistics.callCount == 10_000)
            parking.release()
            return try await group.reduce(0, +)
        }
        #expect(total == 50_005_000)
        try await vm.collectGarbage()
        #expect(vm.statistics.parkedCount == 0)
        #expect(vm.statistics.callCount == 0)
    }

    @Test func cancellingAParkedHandlerRaisesInIt() async throws {
        let parking = Parking()
        var configuration = LuaVM.Configuration()
        configuration.libraries += [parking.library]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function(
            "return function() local ok, e = pcall(park) local again, e2 = pcall(park) return e.code, again, e2.code end")
        let uncaught = try await vm.function("return function() park() end", name: "u.lua")
        let one = Task { try await vm.call(handler) }
        let two = Task { try await vm.call(uncaught) }
        await parking.waitForParked(2)
        one.cancel()
        two.cancel()
        #expect(try await one.value == ["cancelled", false, "cancelled"])
        let error = await #expect(throws: LuaError.self) { try await two.value }
        #expect(error?.kind == .cancelled)
        #expect(error?.line == 1)
    }

    @Test func aCancelledCallThatHasNotStartedEndsAtOnce() async throws {
        let vm = try await LuaVM()
        let handler = try await vm.function("return function() end")
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await vm.call(handler)
        }
        task.cancel()
        let error = await #expect(throws: LuaError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }

    @Test func allRunsAtOnce() async throws {
        let parking = Parking()
        var configuration = LuaVM.Configuration()
        configuration.libraries += [parking.library, .waiting]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function(
            """
            return function()
              local a, b, c = all { function() park() return { 1 } end, function() park() return 2 end, function() end }
              return a[1], b, c
            end
            """)
        async let values = vm.call(handler)
        await parking.waitForParked(2)
        parking.release()
        #expect(try await values == [1, 2, nil])
        #expect(try await vm.call(vm.function("return function() return all {} end")) == [])
        let nested = try await vm.function("return function() return all { function() return (all { function() return wait(9) end }) end } end")
        #expect(try await vm.call(nested) == [9])
        let wrong = try await vm.function("return function() all { 1 } end")
        let error = await #expect(throws: LuaError.self) { try await vm.call(wrong) }
        #expect(error?.message == "all: item 1 is a number, not a function")
    }

    @Test func theFirstErrorOfAllCancelsTheOthers() async throws {
        let parking = Parking()
        var configuration = LuaVM.Configuration()
        configuration.libraries += [parking.library]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function(
            """
            local other
            return function()
              local ok, e = pcall(all, {
                function() local _, e = pcall(park) other = e.code end,
                function() error({ mine = true }) end })
              return ok, e.mine, other
            end
            """)
        #expect(try await vm.call(handler) == [false, true, "cancelled"])
        let trace = try await vm.function("return function()\nall { function()\nerror('inner') end }\nend", name: "t.lua")
        let error = await #expect(throws: LuaError.self) { try await vm.call(trace) }
        #expect(error?.message == "t.lua:3: inner")
        #expect(error?.traceback.contains("t.lua:3") == true)
        #expect(error?.traceback.contains("t.lua:2") == true)
    }

    @Test func closingFailsWhatIsThere() async throws {
        let parking = Parking()
        var configuration = LuaVM.Configuration()
        configuration.libraries += [parking.library]
        let vm = try await LuaVM(configuration)
        let handler = try await vm.function("return function() park() end")
        let task = Task { try await vm.call(handler) }
        await parking.waitForParked(1)
        await vm.close()
        let error = await #expect(throws: LuaError.self) { try await task.value }
        #expect(error?.kind == .closed)
        let late = await #expect(throws: LuaError.self) { try await vm.call(handler) }
        #expect(late?.kind == .closed)
        await vm.close()
    }

    @Test func manyVMsComeAndGo() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for n: Int64 in 0..<40 {
                group.addTask {
                    let vm = try await LuaVM()
                    #expect(try await vm.evaluate("return \(n) + 1", name: "n") == [.integer(n + 1)])
                    if n % 2 == 0 { await vm.close() }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func theWatchdogSleepsAndWakes() async throws {
        let vm = try await LuaVM()
        let handler = try await vm.function("return function(n) return n end")
        for n: Int64 in 0..<200 { #expect(try await vm.call(handler, [.integer(n)]) == [.integer(n)]) }
    }
}
