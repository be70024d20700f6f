import InMemoryLogging
import Logging
import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct LogModuleTests {
    private func entries(_ body: String, level: Logger.Level = .debug) async throws -> [InMemoryLogHandler.Entry] {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = level
        _ = try await ScriptBench(logger: logger).run(body)
        return handler.entries
    }

    @Test func saysWhatWhereAndHow() async throws {
        let entries = try await entries(
            "\nlog.info('deployed', { service = 'web', count = 3, ok = true, list = { 1, 'x' }, ratio = 0.5 })\nlog.warn('late')\nlog.error('no') log.debug(12)"
        )
        #expect(entries.map(\.level) == [.info, .warning, .error, .debug])
        #expect(entries.map(\.message.description) == ["deployed", "late", "no", "12"])
        #expect(
            entries.first?.metadata == [
                "service": "web", "count": "3", "ok": "true", "list": #"[1,"x"]"#, "ratio": "0.5", "script.file": "bot.lua", "script.line": "2",
            ])
        #expect(entries.last?.metadata["script.line"] == "4")
    }

    @Test func printIsALog() async throws {
        let entries = try await entries("print('a', 1, nil, secret 'TOKEN')")
        #expect(entries.map(\.message.description) == ["a\t1\tnil\t••••"])
        #expect(entries.first?.level == .info)
        #expect(entries.first?.metadata["script.line"] == "1")
    }

    @Test func secretsStayOut() async throws {
        let entries = try await entries(
            """
            local t = secret 'TOKEN'
            log.info('with ' .. t, { t = t, joined = 'Bearer ' .. t, plain = 's3cr3t-value!', nested = { 's3cr3t-value' }, typed = { t } })
            log.info('s3cr3t-value')
            """)
        #expect(!"\(entries)".contains("s3cr3t"))
        #expect(entries.first?.message == "with ••••")
        #expect(entries.first?.metadata["joined"] == "Bearer ••••")
        #expect(entries.first?.metadata["typed"] == "(a table that is no data)")
    }

    @Test func quietLevelsCostNothing() async throws {
        #expect(try await entries("log.debug('x') log.warn('y')", level: .info).map(\.message.description) == ["y"])
    }

    @Test func hostileValuesAreLogged() async throws {
        let entries = try await entries("log.info(print, { [1] = print, [2.5] = 0/0 }) log.info('\\255', { x = '\\0' })")
        #expect(entries.first?.message == "function")
        #expect(entries.first?.metadata["1"] == "function")
        #expect(entries.count == 2)
    }

    @Test(arguments: [("log.info()", "log.info: expected a text"), ("log.warn('a', 'b')", "log.warn: expected a table of fields")])
    func refusesWrongArguments(source: String, message: String) async throws {
        #expect(try await ScriptBench().failure(source).message.contains(message))
    }
}
