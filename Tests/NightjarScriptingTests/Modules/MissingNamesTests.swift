import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct MissingNamesTests {
    @Test(arguments: [
        ("tasks.gett('x')", "tasks has no 'gett' (did you mean 'get'?)"), ("http.gett('x')", "http has no 'gett' (did you mean 'get'?)"),
        ("return json.zzz", "json has no 'zzz' (it has array, decode, encode, null)"),
        ("os.execute('ls')", "'os.execute' is not available: use exec { \"command\", \"argument\" }"),
        ("return os.getenv('HOME')", "'os.getenv' is not available: use env.NAME"),
        ("return string.dump(print)", "'string.dump' is not available: scripts are loaded as text only"),
        ("return ('x'):dump()", "'string.dump' is not available"),
        ("return io.open('x')", "'io' is not available: exec { \"cat\", path } reads a file"),
        ("dofile('x.lua')", "'dofile' is not available: require(\"lib.name\") loads lib/name.lua"),
        ("return unpack({})", "'unpack' is not available: use table.unpack"),
    ])
    func whatIsMissingIsNamed(source: String, message: String) async throws {
        let bench = try await ScriptBench()
        for error in [try await bench.failure(source), try await bench.loadFailure(source)] {
            #expect(error.message.contains(message), "\(error.message)")
            #expect(error.location == LuaLocation(source: "bot.lua", line: 1))
        }
    }

    @Test func otherNamesOfLuasOwnModulesAreNil() async throws {
        let body = "return math.nothing, table.getn, os.nothing, ('x').y, tasks[1], math.floor(1.5)"
        #expect(try await ScriptBench().run(body) == [.nil, .nil, .nil, .nil, .nil, 1])
    }

    @Test func theModulesAreStillTables() async throws {
        let body = "local n = 0 for _ in pairs(tasks) do n = n + 1 end return n, next(os) ~= nil, getmetatable(tasks), ('x'):rep(2)"
        #expect(try await ScriptBench().run(body) == [3, true, false, "xx"])
    }

    @Test func theGuardsOwnNamesAreGone() async throws {
        #expect(try await ScriptBench().failure("return _missing").message.contains("undefined global '_missing'"))
    }

    @Test func typosOfGlobalsAreStillTypos() async throws {
        #expect(try await ScriptBench().failure("return taks.get").message.contains("undefined global 'taks' (did you mean 'tasks'?)"))
    }
}
