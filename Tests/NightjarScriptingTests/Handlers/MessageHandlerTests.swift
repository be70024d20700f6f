import InMemoryLogging
import Logging
import LuaRuntime
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarScripting

/// `on_message` and the texts that anybody may send.
@Suite struct MessageHandlerTests {
    @Test func hostileMessagesEndNothing() async throws {
        try await Bot.run(
            """
            settings { handler_timeout = "20ms" }
            on_message("(%w+)@", function(ctx, name) return "mail " .. name end)
            on_message("(%w+)%s*(%w+)!", function(ctx, a, b) return a .. b end)
            on_message(".*please.*now$", function(ctx) return "soon" end)
            on_message("deploy (.-) now", function(ctx, what) return "deploying " .. what end)
            on_message("^(deploy x)", function(ctx, start) return start .. " and " .. #ctx.text end)
            on_message("^(a)", function(ctx, first) return first .. " and " .. #ctx.text end)
            """
        ) { (bot: Bot) async throws in
            for length in [512, 20_000] {
                #expect(try await bot.say(String(repeating: "a", count: length)) == ["a and \(length)"])
            }
            let long = String(repeating: "deploy x ", count: 50_000) + "."
            #expect(try await bot.say(long) == ["deploy x and \(long.utf8.count)"])
            #expect(try await bot.say("deploy it now") == ["deploying it"])
            #expect(bot.quarantines.all.isEmpty)
        }
    }

    @Test func whatTookTooLongIsInTheLog() throws {
        let log = InMemoryLogHandler()
        let handler = MessageHandler(
            pattern: try LuaPattern("(%w+)@"), text: "(%w+)@", location: LuaLocation(source: "bot.lua", line: 3),
            logger: Logger(label: "test") { _ in log })
        #expect(try handler.match("ann@home") == ["ann"])
        #expect(log.entries.isEmpty)
        #expect(try handler.match(String(repeating: "a", count: 8192)) == nil)
        let entry = try #require(log.entries.first)
        #expect(entry.level == .warning)
        #expect("\(entry.message)".hasPrefix("bot.lua:3: on_message \"(%w+)@\" was passed over: "), "\(entry.message)")
    }

    /// Longer texts than ever were looked at, and captures that are no text of their own.
    @Test func capturesAreAsInLua() async throws {
        try await Bot.run(
            """
            on_message("^cut (.)", function(ctx, half) return #half .. ":" .. half:byte() end)
            on_message("()end$", function(ctx, place) return math.type(place) .. " " .. place end)
            """
        ) { (bot: Bot) async throws in
            #expect(try await bot.say("cut ä") == ["1:195"])
            #expect(try await bot.say(String(repeating: "-", count: 100_000) + "end") == ["integer 100001"])
        }
    }
}
