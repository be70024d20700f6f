@testable import NightjarEngine
@testable import NightjarScripting
import NightjarTesting
import Testing

/// What a generation does about scripts that misbehave.
struct ScriptGenerationTests {
    /// A pattern that Lua matches for longer than anybody waits.
    private static let stuck = #"string.find(("a"):rep(40), ("a-"):rep(40) .. "b")"#

    @Test func aScriptThatLoopsForEverIsEndedAndTheNextCallWorks() async throws {
        try await Bot.run(
            """
            command("loop", { run = function() pcall(function() while true do end end) return "never" end })
            command("ping", { run = function() return "pong" end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/loop").first?.contains("CPU time") == true)
            #expect(try await bot.say("/ping") == ["pong"])
            #expect(bot.quarantines.all.isEmpty)
        }
    }

    @Test func aScriptThatEatsMemoryFailsAlone() async throws {
        try await Bot.run(
            """
            -- Much time, so that memory is what ends it, on a slow machine too.
            settings { handler_timeout = "30s" }
            command("eat", { run = function() local t = {} for i = 1, 99 do t[i] = ("x"):rep(1 << 24) .. i end end })
            command("ping", { run = function() return "pong" end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/eat").first?.contains("memory") == true)
            #expect(try await bot.say("/ping") == ["pong"])
        }
    }

    @Test(.enabled(if: !Sanitizer.isThread)) func aScriptStuckInNativeCodeCostsItsInterpreterAndNothingElse() async throws {
        try await Bot.run(
            """
            command("stick", { run = function() return tostring(\(Self.stuck)) end })
            command("count", { run = function() state.n = (state.n or 0) + 1 return state.n end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/count") == ["1"])
            #expect(try await bot.say("/stick").first?.contains("native code") == true)
            #expect(try await bot.say("/count") == ["2"])
            #expect(bot.quarantines.all.count == 1)
        }
    }

    @Test(.enabled(if: !Sanitizer.isThread)) func aHandlerThatWaitedIsNotBlamed() async throws {
        try await Bot.run(
            """
            settings { handler_timeout = "50ms" }
            command("stick", { run = function() return tostring(\(Self.stuck)) end })
            command("wait", { run = function(ctx) state.waits = true sleep("1h") end })
            command("waits", { run = function() return state.waits end })
            """
        ) { (bot: Bot) async throws in
            async let waiting = bot.say("/wait", as: "bob")
            while try await bot.say("/waits") != ["true"] {}
            #expect(try await bot.say("/stick").contains { $0.contains("native code (a pattern") })
            _ = try await waiting
            #expect(bot.platform.texts.count { $0.contains("native code (a pattern") } == 1)
            #expect(bot.platform.texts.count { $0.contains("another script did not come back") } == 1)
        }
    }

    @Test func theTimeLimitIsASetting() async throws {
        try await Bot.run(
            """
            settings { handler_timeout = "2s" }
            command("work", { run = function()
              local started = os.clock()
              while os.clock() - started < 0.3 do end
              return "done"
            end })
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("/work") == ["done"])
        }
    }

    @Test func aModuleIsRequiredOnceAndLate() async throws {
        try await Bot.run(files: [
            "bot.lua": """
            command("late", { run = function() return require("lib.greet").hello("x") end })
            """,
            "lib/greet.lua": "return { hello = function(name) return \"hello \" .. name end }",
        ]) { (bot: Bot) async throws in
            #expect(try await bot.say("/late") == ["hello x"])
        }
    }
}

enum Sanitizer {
    /// ThreadSanitizer holds signals back, so what is stuck in pure Lua is not ended under it.
    static var isThread: Bool {
        #if THREAD_SANITIZER
            true
        #else
            false
        #endif
    }
}
