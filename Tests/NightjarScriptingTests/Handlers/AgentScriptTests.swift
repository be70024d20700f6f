@testable import NightjarEngine
@testable import NightjarScripting
import Testing

/// What agents are made of when it is Lua: models, tools, instructions, hooks and formatters.
struct AgentScriptTests {
    @Test func aModelKnowsWhereItWasDeclared() async throws {
        let script = """
            model "mine" {
              provider = "openai", name = "m",
              base_url = "http://127.0.0.1:9",
            }
            agent "a" { model = "mine" }
            command("where", { run = function(ctx) return ctx:run("a", "declaration").text end })
            """
        try await Bot.run(script) { bot async throws in
            #expect(try await bot.say("/where") == [#"model "mine" (bot.lua:3)"#])
        }
    }

    @Test func aModelStreamsByReturningAnIterator() async throws {
        try await Bot.run(
            """
            model "m" { provider = "lua", respond = function(request) return request.input:gmatch("%S+%s*") end }
            agent "a" { model = "m" }
            """
        ) { (bot: Bot) async throws in
            let pieces = try await bot.pieces(of: "/run agent a one two three")
            #expect(pieces == ["one ", "two ", "three"])
        }
    }

    @Test func aModelCallsToolsAndSeesTheirResults() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "lua", respond = function(request)
              local last = request.messages[#request.messages]
              if last.role == "tool" then return last.name .. " said " .. last.content end
              return { tool_calls = { { name = "add", arguments = { a = 1, b = 2 } } } }
            end }
            tool "add" {
              description = "adds",
              parameters = { a = { type = "integer" }, b = { type = "integer" }, c = { type = "integer", default = 10 } },
              run = function(args, ctx) return args.a + args.b + args.c end,
            }
            agent "a" { model = "m", tools = { "*" } }
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("please") == ["add said 13"])
        }
    }

    @Test func aToolThatFailsIsToldToTheModelWithItsPlace() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "lua", respond = function(request)
              local last = request.messages[#request.messages]
              if last.role == "tool" then return tostring(last.is_error) .. " " .. last.content end
              return { tool_calls = { { name = "break" } } }
            end }
            tool "break" { description = "d", run = function() error("no luck") end }
            agent "a" { model = "m", tools = { "break" } }
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("go") == ["true bot.lua:7: no luck"])
        }
    }

    @Test func aModelThatReturnsNothingFailsTheTask() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "lua", respond = function(request) local text = "forgotten" end }
            agent "a" { model = "m" }
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("go").first?.contains("the model m failed: it returned nothing: return text") == true)
        }
    }

    @Test func aModelThatFailsFailsTheTask() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "lua", respond = function() error("model trouble") end }
            agent "a" { model = "m" }
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("go").first?.contains("model trouble") == true)
        }
    }

    @Test func instructionsMayBeComputed() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "lua", respond = function(request) return request.instructions end }
            agent "a" { model = "m", instructions = function(ctx) return "you talk to " .. ctx.user end }
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("who?", as: "bob") == ["you talk to bob"])
        }
    }

    @Test func anAgentRemembersItsSessionAndNobodyElses() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "lua", respond = function(request) return #request.messages .. " messages" end }
            agent "a" { model = "m", memory = { turns = 2 } }
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("one") == ["1 messages"])
            #expect(try await bot.say("two") == ["3 messages"])
            #expect(try await bot.say("one", as: "bob") == ["1 messages"])
            _ = try await bot.say("three")
            #expect(try await bot.say("four") == ["5 messages"])
        }
    }

    @Test func hooksSeeChangeAndRefuse() async throws {
        try await Bot.run(
            """
            settings { default_agent = "a" }
            model "m" { provider = "echo" }
            agent "a" { model = "m" }
            hook("pre_task", function(ctx)
              if ctx.event.input == "secret" then ctx:fail("not that") end
              return ctx.event.input .. "!"
            end)
            hook("post_task", function(ctx) state.last = ctx.task.state .. " " .. ctx.event.point end)
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("hello") == ["hello!"])
            #expect(bot.engine.stateTable["last"] == "\"completed post_task\"")
            #expect(try await bot.say("secret").first?.contains("not that") == true)
            #expect(bot.engine.stateTable["last"] == "\"failed post_task\"")
        }
    }

    @Test func aFormatterOverridesPassesOnAndFailsWithoutHarm() async throws {
        try await Bot.run(
            """
            formatter("terminal", {
              error = function(err) return "E:" .. err.code end,
              text = function(message)
                if message == "boom" then error("x") end
                if message ~= "plain" then return "<" .. message .. ">" end
              end,
            })
            command("say", { run = function(ctx) return ctx.args[1] end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/say hello") == ["<hello>"])
            #expect(try await bot.say("/say plain") == ["plain"])
            #expect(try await bot.say("/say boom") == ["boom"])
            #expect(try await bot.say("/nonsense") == ["E:unknown_command"])
        }
    }
}

extension Bot {
    /// The text that comes while a message is answered, piece by piece.
    func pieces(of text: String) async throws -> [String] {
        let message = InboundMessage(
            address: Address(platform: "terminal", channel: "here", user: "ann"), text: text, receivedAt: engine.clock.now)
        let (_, events) = try await engine.acceptAndWatch(message)
        var pieces: [String] = []
        for await case .delta(_, _, let piece) in events { pieces.append(piece) }
        return pieces
    }
}
