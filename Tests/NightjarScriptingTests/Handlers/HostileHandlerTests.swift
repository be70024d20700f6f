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
}
