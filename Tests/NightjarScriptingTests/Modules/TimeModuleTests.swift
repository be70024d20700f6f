import LuaRuntime
import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarScripting

@Suite struct TimeModuleTests {
    @Test(
        arguments: [
            ("time.now()", 1_767_225_600.0), ("time.iso()", "2026-01-01T00:00:00.000Z"), ("time.iso(0.5)", "1970-01-01T00:00:00.500Z"),
            ("time.parse('2026-01-31T13:00:00+01:00')", 1_769_860_800.0), ("time.parse('1970-01-01T00:00:01.250Z')", 1.25),
            ("time.parse(time.iso(12.5))", 12.5), ("time.format(0, '%Y-%m-%d %H:%M:%S %z %%')", "1970-01-01 00:00:00 +0000 %"),
            ("time.format(0, '%H:%M %z', 'Asia/Kolkata')", "05:30 +0530"), ("time.format(0, '%d %H %z', 'America/New_York')", "31 19 -0500"),
            ("time.format(nil, '%Y')", "2026"),
        ] as [(String, LuaValue)])
    func tellsTheTime(source: String, value: LuaValue) async throws {
        #expect(try await ScriptBench().value("return \(source)") == value)
    }

    @Test(arguments: [
        ("time.parse('tomorrow')", "\"tomorrow\" is no ISO 8601 time"), ("time.parse('2026-02-30T12:00:00Z')", "is no ISO 8601 time"),
        ("time.parse('2026-01-31T12:00:00Z and more')", "is no ISO 8601 time"), ("time.parse(1)", "expected a text"),
        ("time.iso('x')", "got a string"),
        ("time.iso(1e18)", "is no moment"), ("time.iso(0/0)", "is no moment"), ("time.iso(-1/0)", "is no moment"),
        ("time.format(0)", "expected a pattern"), ("time.format(0, '%Q')", "unknown '%Q'"), ("time.format(0, '%')", "unknown '%'"),
        ("time.format(0, '%Y', 'Mars/Olympus')", "unknown time zone \"Mars/Olympus\""), ("sleep('soon')", "sleep: 'soon' is not a duration"),
        ("sleep(-1)", "cannot be negative"), ("sleep()", "got a nil"), ("sleep(0/0)", "not a number"),
    ])
    func refusesWrongTimes(source: String, message: String) async throws {
        let error = try await ScriptBench().failure(source)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test func sleepsOnTheEnginesClock() async throws {
        let bench = try await ScriptBench(clock: JumpingClock().engineClock)
        #expect(try await bench.value("local t = time.now() sleep('90s') sleep(0.5) return time.now() - t") == 90.5)
    }

    @Test func aHandlerThatWaitsForEverIsEnded() async throws {
        let definitions = Definitions(settings: EngineSettings(commandTimeout: .seconds(60)))
        let bench = try await ScriptBench(definitions: definitions, clock: JumpingClock().engineClock)
        let context = HandlerContext(
            engine: bench.engine, definitions: definitions, address: Address(platform: "terminal", channel: "here", user: "me"), text: "",
            messageID: MessageID(rawValue: "m"), originPrefix: "m")
        let start = bench.engine.clock.uptime
        for body in ["while true do\n  sleep('7s')\nend", "while true do pcall(sleep, '1h') end", "http.get('http://a')"] {
            let function = try await bench.vm.load(body, name: "bot.lua")
            let error = try await #require(throws: LuaError.self) {
                try await bench.vm.call(function, context: ScriptInvocation.run(context))
            }
            #expect(error.message.contains(body.contains("pcall") ? "CPU time" : "took longer than 1m (settings.command_timeout)"))
            #expect(bench.engine.clock.uptime - start == .seconds(60))
        }
        #expect(bench.http.requests.count == 0)
    }

    @Test func sleepIsNotForLoading() async throws {
        #expect(try await ScriptBench().loadFailure("sleep(1)").code == "cannot_wait")
        #expect(try await ScriptBench().format("return time.now()") == 1_767_225_600.0)
    }
}
