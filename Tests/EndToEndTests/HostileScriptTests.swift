import NightjarEngine
import Testing

extension EndToEnd {
    @Suite struct HostileScriptTests {
        private static let triggers = """
            every("200ms", "steady", function(ctx) state.update("steady", function(old) return (old or 0) + 1 end) end)
            every("700ms", { name = "endless", max_runs = 5 }, function(ctx) while true do end end)
            every("900ms", { name = "hungry", max_runs = 5 }, function(ctx) local all = "x"; while true do all = all .. all end end)
            every("1100ms", { name = "caught", max_runs = 5 }, function(ctx) while true do pcall(function() while true do end end) end end)
            every("2s", { name = "stuck", max_runs = 2 }, function(ctx) (("a"):rep(50)):find((".-"):rep(40) .. "b") end)
            every("300ms", { name = "failing", max_runs = 10 }, function(ctx) error({ "odd" }) end)
            command("beats", { description = "How many", run = function(ctx) return "beats " .. (state.steady or 0) end })

            """

        @Test(.timeLimit(.minutes(1)))
        func `triggers that loop, eat memory or get stuck in native code do not hold up the others`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base + Self.triggers])
            try await NightjarProcess.run(project) { process, http in
                var slowest = Duration.zero
                var slowness = Patience.slowness
                let start = ContinuousClock.now
                let before = try await http.trigger("steady")["firings"]?.integer ?? 0
                while ContinuousClock.now - start < .seconds(8) {
                    let asked = ContinuousClock.now
                    let answer = try await http.say("/beats")
                    slowest = max(slowest, ContinuousClock.now - asked)
                    #expect(answer.replies.first?.hasPrefix("beats ") == true, "\(answer.body)")
                    slowness = max(slowness, Patience.slowness)
                    try await pass(.milliseconds(50))
                }
                let due = (ContinuousClock.now - start) / .milliseconds(200)
                let steady = try await http.trigger("steady")
                let firings = Double((steady["firings"]?.integer ?? 0) - before)
                print("hostile scripts: \(firings) of \(due) firings, slowest answer \(slowest), machine slower by \(slowness)")
                #expect(slowest < .seconds(1) * slowness)
                #expect(firings > due * 0.8 / slowness, "\(steady)")
                #expect(steady["failures"] == 0)
                for name in ["endless", "hungry", "caught", "stuck", "failing"] {
                    let trigger = try await http.trigger(name)
                    #expect(trigger["failures"]?.integer ?? 0 > 0, "\(trigger)")
                }
                #expect(process.end == nil)
                #expect(process.log.contains("interpreter was given up"))
            }
        }
    }
}
