import Foundation
import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

@Suite struct SecretModuleTests {
    @Test(
        arguments: [
            ("tostring(secret 'TOKEN')", "••••"), ("tostring('a' .. secret 'TOKEN' .. 1)", "••••"),
            ("secret 'TOKEN' == secret 'TOKEN'", true), ("secret 'TOKEN' == secret 'TOKEN' .. ''", true),
            ("secret 'TOKEN' == 's3cr3t-value'", false), ("type(secret 'TOKEN')", "userdata"), ("secret('TOKEN').value", nil),
            ("getmetatable(secret 'TOKEN')", false), ("select('#', pcall(string.len, secret 'TOKEN'))", 2),
            ("(pcall(string.len, secret 'TOKEN'))", false), ("('%s'):format(secret 'TOKEN')", "••••"),
            ("env.HOME", "/home/bot"), ("env 'HOME'", "/home/bot"), ("env.NOTHING", nil), ("env('NOTHING')", nil),
        ] as [(String, LuaValue)])
    func secretsCannotBeRead(source: String, value: LuaValue) async throws {
        #expect(try await ScriptBench().value("return \(source)") == value)
    }

    @Test func hostsReadThem() async throws {
        let bench = try await ScriptBench()
        #expect(Secret(from: try await bench.value("return 'a' .. secret 'TOKEN' .. 1.5 .. 'b'"))?.reveal() == "as3cr3t-value1.5b")
        #expect(Secret(from: "text") == nil)
        #expect(Secret(from: Secret("x").luaValue) == Secret("x"))
    }

    @Test(arguments: [
        ("secret(nil)", "expected the name of a secret, got nil"), ("secret '../etc/passwd'", "a name has letters"),
        ("secret ''", "a name has letters"),
        ("secret '..'", "a name has letters"), ("return secret 'TOKEN' .. {}", "a secret can be joined with text and numbers, not with a table"),
        ("return nil .. secret 'TOKEN'", "not with a nil"), ("env.X = 1", "the environment can only be read"),
        ("env(1)", "expected the name of a variable"),
        ("secret('TOKEN').x = 1", "attempt to index"), ("return #secret 'TOKEN'", "attempt to get length"),
        ("return secret 'TOKEN' < 1", "attempt to compare"),
        ("error(secret 'TOKEN')", "••••"), ("error('x' .. secret 'TOKEN')", "••••"),
    ])
    func refusesMisuse(source: String, message: String) async throws {
        let error = try await ScriptBench().failure(source)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(!error.description.contains("s3cr3t"))
    }

    @Test func missingOnesSayHowToSetThem() async throws {
        let error = try await ScriptBench().failure("\nlocal t = secret 'SLACK'")
        #expect(error.code == "missing_secret")
        #expect(error.line == 2)
        #expect(error.message.contains("the secret \"SLACK\" is not set: start Nightjar with the environment variable SLACK"))
        #expect(error.message.contains("/run/secrets/SLACK"))
    }

    @Test func placeholdersAreNoted() async throws {
        let bench = try await ScriptBench(mode: .placeholder)
        #expect(try await bench.value("local a = secret 'A'\nreturn tostring(secret 'A' .. 'x')") == "••••")
        #expect(bench.secrets.missing.map(\.name) == ["A", "A"])
        #expect(bench.secrets.missing.map { $0.location?.line } == [1, 2])
        #expect(try SecretResolver(environment: ["E": "x"]).secret("E").reveal() == "x")
    }

    @Test func foldersHoldSecrets() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nightjar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("from file\n".utf8).write(to: folder.appending(path: "A"))
        try Data("a\nb\n\n".utf8).write(to: folder.appending(path: "B"))
        try Data(repeating: 65, count: SecretResolver.fileBytesMax + 1).write(to: folder.appending(path: "HUGE"))
        try Data([0xFF]).write(to: folder.appending(path: "BINARY"))
        let resolver = SecretResolver(environment: [SecretResolver.folderVariable: folder.path, "C": "variable", "EMPTY": ""])
        #expect(try resolver.secret("A").reveal() == "from file")
        #expect(try resolver.secret("B").reveal() == "a\nb\n")
        #expect(try resolver.secret("C").reveal() == "variable")
        for name in ["HUGE", "BINARY", "EMPTY", "NONE"] {
            #expect(throws: LuaHostError.self) { try resolver.secret(name) }
        }
    }

    @Test func redactsWhatItGaveOut() throws {
        let resolver = SecretResolver(environment: ["A": "abcd", "B": "abcdef", "C": "p@ss word", "D": "xy"])
        #expect(resolver.redact("abcd") == "abcd")
        for name in ["A", "B", "C", "D"] { _ = try resolver.secret(name) }
        #expect(resolver.redact("1 abcd 2 abcdefg 3 xy") == "1 •••• 2 ••••g 3 xy")
        #expect(resolver.redact("https://h/?p=p%40ss%20word") == "https://h/?p=••••")
    }
}
