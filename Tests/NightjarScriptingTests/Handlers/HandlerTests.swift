@testable import NightjarEngine
@testable import NightjarScripting
import Testing

/// Scripts at work: commands, message handlers and what `ctx` offers them.
struct HandlerTests {
    @Test func aCommandAnswersWithWhatItReturns() async throws {
        try await Bot.run(
            """
            command("greet", { aliases = { "hi" }, run = function(ctx)
              return ctx.platform .. " " .. ctx.user .. ": " .. ctx.args[1] .. " " .. tostring(ctx.flags.loud)
            end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/greet \"dear friend\" --loud") == ["terminal ann: dear friend true"])
            #expect(try await bot.say("/hi you") == ["terminal ann: you nil"])
        }
    }

    @Test func numbersAndTablesAreTextToo() async throws {
        try await Bot.run(
            """
            command("number", { run = function() return 42 end })
            command("table", { run = function() return { b = { 1, 2 }, a = "x" } end })
            command("nothing", { run = function(ctx) ctx:reply("by reply") end })
            command("odd", { run = function() return print end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/number") == ["42"])
            #expect(try await bot.say("/table") == ["{\"a\":\"x\",\"b\":[1,2]}"])
            #expect(try await bot.say("/nothing") == ["by reply"])
            #expect(try await bot.say("/odd").first?.contains("must return text, not a function") == true)
        }
    }

    @Test func failSaysItsReasonAndAnErrorItsPlace() async throws {
        try await Bot.run(
            """
            command("refuse", { run = function(ctx) ctx:fail("not today") end })
            command("break", { run = function(ctx)
              error("oops")
            end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/refuse").first?.contains("not today") == true)
            #expect(try await bot.say("/break").first?.contains("bot.lua:3: oops") == true)
        }
    }

    @Test func aHandlerRunsAgentsAndSeesTheirErrors() async throws {
        try await Bot.run(
            """
            model "m" { provider = "echo" }
            agent "echo" { model = "m" }
            command("ask", { run = function(ctx)
              local result = ctx:run("echo", "hello")
              return result.text .. " " .. #result.id
            end })
            command("nobody", { run = function(ctx)
              local ok, err = pcall(ctx.run, ctx, "echoo", "hello")
              return tostring(ok) .. " " .. err.code .. " " .. err.message
            end })
            command("wrong", { run = function(ctx) return ctx:run("echoo", "hello").text end })
            command("post", { run = function(ctx) ctx:post("nowhere:x", "hello") end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/ask") == ["hello 12"])
            #expect(try await bot.say("/wrong") == ["❌ Execution error: bot.lua:11: Unknown agent \"echoo\". Did you mean 'echo'?"])
            let post = try await bot.say("/post").first
            #expect(post?.hasPrefix("❌ Execution error: bot.lua:12: there is no platform \"nowhere\"") == true, "\(post ?? "")")
            #expect(try await bot.say("/nobody") == ["false unknown_agent Unknown agent \"echoo\". Did you mean 'echo'?"])
        }
    }

    @Test(arguments: [
        ("return ctx.chanel", "did you mean 'channel'"), ("ctx.text = 'x'", "cannot be written"),
        ("return ctx.reply('x')", "with a colon"), ("agent 'late' { model = 'm' }", "possible only while scripts load"),
        ("return ctx:ask('sure?', 'yes')", "takes a list of choices"), ("return ctx:ask('sure?', { 'yes' }, 'soon')", "timeout"),
        ("return ctx:ask('sure?', { 'yes', 'YES' })", "are the same"),
        ("return ctx:ask('sure?', { 'yes' }, '0s')", "waits for more than 0s and at most 7d, not 0"),
        ("return ctx:ask('sure?', { 'yes' }, '8d')", "waits for more than 0s and at most 7d, not 8d"),
    ])
    func misuseOfTheContextIsExplained(body: String, expected: String) async throws {
        try await Bot.run("command(\"c\", { run = function(ctx) \(body) end })") { (bot: Bot) async throws in
            let said = try await bot.say("/c")
            #expect(said.first?.contains(expected) == true, "\(said)")
        }
    }

    @Test func aContextIsOfNoUseInAnotherRun() async throws {
        try await Bot.run(
            """
            local kept
            command("keep", { run = function(ctx) kept = ctx return "kept" end })
            command("use", { run = function() kept:reply("to the wrong person") return "unreachable" end })
            """
        ) { (bot: Bot) async throws in
            try await bot.say("/keep", as: "ann")
            let said = try await bot.say("/use", as: "bob")
            #expect(said.count == 1)
            #expect(said.first?.contains("belongs to another run") == true)
        }
    }

    @Test func theFirstMessageHandlerThatReturnsAValueAnswers() async throws {
        try await Bot.run(
            """
            settings { default_agent = "echo" }
            model "m" { provider = "echo" }
            agent "echo" { model = "m" }
            on_message("^thanks", function(ctx) return nil end)
            on_message("^(%a+) (%d+)", function(ctx, word, number) return word .. "=" .. number end)
            on_message("thanks", function(ctx) return "any time" end)
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("thanks a lot") == ["any time"])
            #expect(try await bot.say("apples 3") == ["apples=3"])
            #expect(try await bot.say("nothing of the kind") == ["nothing of the kind"])
        }
    }

    @Test func waitsAreWrittenAsStraightCode() async throws {
        try await Bot.run(
            """
            command("wait", { run = function()
              local a, b = all { function() sleep("1ms") return 1 end, function() return 2 end }
              return a + b
            end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/wait") == ["3"])
        }
    }

    @Test func stateIsSharedAndLasts() async throws {
        try await Bot.run(
            """
            command("count", { run = function() state.n = (state.n or 0) + 1 return state.n end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/count") == ["1"])
            #expect(try await bot.say("/count") == ["2"])
            #expect(try await bot.engine.store.loadState() == ["n": "2"])
        }
    }
}
