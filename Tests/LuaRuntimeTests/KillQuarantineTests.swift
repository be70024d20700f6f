import Testing

@testable import LuaRuntime

/// Scripts stuck in native code. Skipped under ThreadSanitizer, which defers signals.
///
/// Each leaves a spinning thread behind, at idle priority: the loops here end after some seconds.
@Suite(.serialized, .timeLimit(.minutes(2))) struct KillQuarantineTests {
    private static let attacks: [(name: String, body: String)] = [
        ("backtracking", "string.find(string.rep('a', 30000), '.-.-.-b')"),
        ("a huge gsub", "string.gsub(string.rep('a', 30000), 'a*.-b', 'x')"),
        ("concatenation", "table.concat(setmetatable({}, { __index = rawlen }), '', 1, 1 << 60)"),
        ("repetition", "string.rep('', 1 << 60)"),
        ("table.move", "table.move({}, 1, 1 << 60, 2)"),
        ("a hostile length", "table.insert(setmetatable({}, { __len = function() return 1 << 60 end }), 1, 2)"),
    ]

    @Test(arguments: attacks)
    func isGivenUp(name: String, body: String) async throws {
        let parking = Parking()
        let reports = Locked<[LuaQuarantine]>([])
        let started = Lines()
        var configuration = LuaVM.Configuration()
        configuration.cpuLimit = .milliseconds(30)
        configuration.grace = .milliseconds(50)
        configuration.onQuarantine = { report in reports.withLock { $0.append(report) } }
        configuration.libraries += [
            parking.library,
            LuaLibrary(functions: [
                .synchronous("started") { _ in
                    started.append(""); return []
                }
            ]),
        ]
        let vm = try await LuaVM(configuration)
        let attack = try await vm.function("return function() started() \(body) end")
        let parked = try await vm.function("return function() park() end")
        let parent = try await vm.function("return function(attack) all { attack } end")
        let brief = try await vm.function("return function() return 1 end")

        let parkedCall = Task { try await vm.call(parked) }
        await parking.waitForParked(1)
        let stuck = Task { try await vm.call(parent, [.function(attack)]) }
        while started.all.isEmpty { await Task.yield() }
        let queued = Task { try await vm.call(brief) }

        let error = await #expect(throws: LuaError.self) { try await stuck.value }
        #expect(error?.kind == .quarantined, "\(error?.message ?? "")")
        // Should the attack fail to stick, the test must still end.
        if !vm.statistics.isQuarantined { parking.release() }
        let parkedError = await #expect(throws: LuaError.self) { try await parkedCall.value }
        #expect(parkedError?.kind == .interrupted)
        let queuedError = await #expect(throws: LuaError.self) { try await queued.value }
        #expect(queuedError?.kind == .moved)
        #expect(vm.statistics.isQuarantined)
        await vm.close()
        #expect(reports.withLock { $0.count } == 1)
        #expect(reports.withLock { $0.first?.failedCalls } == 3)

        // Another VM works, and takes what had not started.
        let fresh = try await LuaVM()
        #expect(try await fresh.call(fresh.function("return function() return 1 end")) == [1])
        await fresh.close()
    }
}
