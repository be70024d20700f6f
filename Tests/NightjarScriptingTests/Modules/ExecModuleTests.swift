import LuaRuntime
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarScripting

@Suite struct ExecModuleTests {
    @Test func returnsWhatWasPrinted() async throws {
        let bench = try await ScriptBench()
        bench.processes.end(.exited(0), "out\n", errors: "warning")
        let body = "local out, r = exec { 'kubectl', 'get', 3 } return out, r.code, r.ok, r.stdout, r.stderr"
        #expect(try await bench.run(body) == ["out\n", 0, true, "out\n", "warning"])
        #expect(bench.processes.commands.all == [ProcessCommand(arguments: ["kubectl", "get", "3"])])
    }

    @Test func passesItsOptions() async throws {
        let bench = try await ScriptBench()
        _ = try await bench.run(
            "exec { 'a', 'k=' .. secret 'TOKEN', timeout = '3s', stdin = 'x\\255', env = { K = secret 'TOKEN' }, cwd = '/tmp' }")
        let expected = ProcessCommand(
            arguments: ["a", "k=s3cr3t-value"], input: [0x78, 0xFF], environment: ["K": "s3cr3t-value"], directory: "/tmp",
            timeout: .seconds(3))
        #expect(bench.processes.commands.all == [expected])
    }

    @Test func failuresAreErrors() async throws {
        let bench = try await ScriptBench()
        bench.processes.end(.exited(3), "half", errors: "1\n2\n3\n4\n5\nbad key s3cr3t-value\n")
        let error = try await bench.failure("local t = secret 'TOKEN'\nexec { 'curl', t }")
        #expect(error.message == "curl ended with status 3: 2\n3\n4\n5\nbad key ••••")
        #expect(error.code == "exit")
        #expect(error.value["status"] == 3)
        #expect(error.value["stdout"] == "half")
        #expect(error.value["stderr"].stringValue?.contains("s3cr3t") == false)
        #expect(error.line == 2)
    }

    @Test func endingsBySignalCountAsFailures() async throws {
        let bench = try await ScriptBench()
        bench.processes.end(.signalled(9))
        let error = try await bench.failure("exec { 'sleep' }")
        #expect(error.message == "sleep was ended by signal 9")
        #expect(error.value["status"] == 137)
    }

    @Test func failuresCanBeLookedAt() async throws {
        let bench = try await ScriptBench()
        bench.processes.end(.exited(1), "no")
        let body = "local r, second = exec { 'grep', check = false } return r.code, r.ok, r.stdout, second"
        #expect(try await bench.run(body) == [1, false, "no", nil])
    }

    @Test func timeoutsKeepTheirCode() async throws {
        let bench = try await ScriptBench()
        bench.processes.fail("timeout", "a s3cr3t-value took longer than 1s")
        let error = try await bench.failure("local t = secret 'TOKEN' exec { 'a', t, timeout = '1s' }")
        #expect(error.code == "timeout")
        #expect(error.message == "a •••• took longer than 1s")
    }

    @Test(arguments: [
        ("exec 'ls -l'", "there is no shell: write the program and each argument apart, as in exec { \"ls\", \"-l\" }"),
        ("exec(nil)", "expected a table such as { \"ls\", \"-l\" }, got nil"), ("exec {}", "the first item must be the program"),
        ("exec { '' }", "the first item must be the program"), ("exec { 'a', {} }", "argument 2 must be a text or a number, not a table"),
        ("exec { 'a', nil, 'b' }", "argument 2 must be a text or a number, not a nil"), ("exec { 'a\\0b' }", "argument 1 contains a NUL byte"),
        ("exec { 'a', '\\255' }", "argument 2 must be a text or a number, not a text that is not valid UTF-8"),
        ("exec { 'a', timeuot = 1 }", "unknown option 'timeuot' (did you mean 'timeout'?)"), ("exec { 'a', timeout = -1 }", "cannot be negative"),
        ("exec { 'a', env = { ['A=B'] = 'x' } }", "env[\"A=B\"] is no name of a variable"),
        ("exec { 'a', env = { A = {} } }", "env.A must be a text"),
        ("exec { 'a', env = 'A=B' }", "'env' must be a table of names and values"),
        ("exec { 'a', stdin = {} }", "'stdin' must be a text, not a table"),
        ("exec { 'a', cwd = 'a\\0b' }", "'cwd' must be a path without NUL bytes"), ("exec { 'a', check = 1 }", "'check' must be true or false"),
        ("exec { 'a', [3] = 'x', [9] = 'y' }", "the options have an entry without a name"),
    ])
    func refusesWrongCommands(source: String, message: String) async throws {
        let bench = try await ScriptBench()
        let error = try await bench.failure(source)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.code == "bad_argument")
        #expect(bench.processes.commands.count == 0)
    }
}
