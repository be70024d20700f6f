import Testing

@testable import NightjarScripting

/// What a handler that takes too much means to those that take little.
@Suite struct HostileHandlerTests {
    @Test func aHandlerThatEatsAllMemoryHarmsNoOther() async throws {
        try await Bot.run(
            """
            settings { handler_timeout = "20s" }
            command("eat", { run = function()
              local t, s = {}, ("x"):rep(50000)
              while true do t[#t + 1] = s .. #t end
            end })
            command("small", { run = function() return #(("line of text\\n"):rep(8000)) end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/small") == ["104000"])
            for _ in 0..<3 {
                #expect(try await bot.say("/eat").first?.contains("found no memory left of the 64 MiB") == true)
                #expect(try await bot.say("/small") == ["104000"])
            }
        }
    }

    @Test(.enabled(if: !Sanitizer.isThread), arguments: ["50ms", "20s"])
    func endlessRecursionIsAStackOverflow(limit: String) async throws {
        try await Bot.run(
            """
            settings { handler_timeout = "\(limit)" }
            command("itself", { run = function()
              local function f() return 1 + f() end
              return f()
            end })
            command("each_other", { run = function()
              local f
              local function g(n) local x = f(n + 1) return x end
              f = function(n) local x = g(n) return x end
              return f(1)
            end })
            command("large", { run = function()
              local function f(n) local a, b, c, d, e = n, n, n, n, n return f(n + 1) + a + b + c + d + e end
              return f(1)
            end })
            command("loop", { run = function() while true do end end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/itself").first?.contains("bot.lua:3: stack overflow") == true)
            #expect(try await bot.say("/each_other").first?.contains(#/bot.lua:[89]: stack overflow/#) == true)
            #expect(try await bot.say("/large").first?.contains("bot.lua:13: stack overflow") == true)
            if limit == "50ms" { #expect(try await bot.say("/loop").first?.contains("CPU time") == true) }
        }
    }

    @Test func whoTalksWithoutEndIsEnded() async throws {
        try await Bot.run(
            """
            settings { command_timeout = "50ms" }
            command("flood", { run = function(ctx) while true do ctx:reply("x") end end })
            """
        ) { (bot: Bot) async throws in
            let said = try await bot.say("/flood")
            #expect(said.last?.contains("took longer than 50 ms (settings.command_timeout)") == true, "\(said.count): \(said.suffix(2))")
        }
    }
}
