import LuaRuntime
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarScripting

@Suite struct HTTPModuleTests {
    @Test func responsesHaveTheirParts() async throws {
        let bench = try await ScriptBench()
        bench.http.answer(404, #"{"n":3,"list":[]}"#, headers: ["content-type": "application/json"])
        let body = """
            local r = http.get("https://example.com/x")
            return r.status, r.ok, r.headers["Content-Type"], r.headers["content-type"], r.headers.nothing, r.body,
              r:json().n, json.encode(r:json().list)
            """
        #expect(try await bench.run(body) == [404, false, "application/json", "application/json", nil, #"{"n":3,"list":[]}"#, 3, "[]"])
        #expect(bench.http.requests.all == [FetchRequest(url: "https://example.com/x")])
    }

    @Test func bodiesOfAnyBytesCross() async throws {
        let bench = try await ScriptBench()
        #expect(try await bench.value("return #http.post('http://a', 'x\\255y').body") == 0)
        #expect(bench.http.requests.all.first?.body == [0x78, 0xFF, 0x79])
    }

    private static let requests: [(source: String, request: FetchRequest)] = [
        ("http.get('http://a', { timeout = '2s' })", FetchRequest(url: "http://a", timeout: .seconds(2))),
        (
            "http.get('http://a?x=1#top', { query = { b = 'ä &', a = 1, c = { true, 2 } } })",
            FetchRequest(url: "http://a?x=1&a=1&b=%C3%A4%20%26&c=true&c=2#top")
        ),
        ("http.post('http://a', 'text')", FetchRequest(method: "POST", url: "http://a", body: Array("text".utf8))),
        ("http.post('http://a')", FetchRequest(method: "POST", url: "http://a")),
        (
            "http.post('http://a', { x = {} })",
            FetchRequest(method: "POST", url: "http://a", headers: [("Content-Type", "application/json")], body: Array(#"{"x":{}}"#.utf8))
        ),
        (
            "http.request { method = 'put', url = 'http://a', json = { 1 }, headers = { ['content-type'] = 'x/y' } }",
            FetchRequest(method: "PUT", url: "http://a", headers: [("content-type", "x/y")], body: Array("[1]".utf8))
        ),
        (
            "http.request { url = 'http://a', json = 'text' }",
            FetchRequest(url: "http://a", headers: [("Content-Type", "application/json")], body: Array(#""text""#.utf8))
        ),
        (
            "http.get('http://a/' .. secret 'TOKEN', { headers = { Authorization = 'Bearer ' .. secret 'TOKEN', ['X-Count'] = 3 } })",
            FetchRequest(url: "http://a/s3cr3t-value", headers: [("Authorization", "Bearer s3cr3t-value"), ("X-Count", "3")])
        ),
    ]

    @Test(arguments: requests)
    func requestsAreMade(source: String, request: FetchRequest) async throws {
        let bench = try await ScriptBench()
        _ = try await bench.run(source)
        #expect(bench.http.requests.all == [request])
    }

    @Test(arguments: [
        ("http.get(nil)", "http.get: expected a URL such as \"https://example.com\", got nil"),
        ("http.get('example.com')", "http.get: a URL must start with http:// or https://"),
        ("http.get('file:///etc/passwd')", "a URL must start with http"), ("http.get('http://a b')", "contains a space"),
        ("http.get('http://a\\r\\nHost: b')", "contains a space or control character"),
        ("http.get('http://a', { header = {} })", "unknown option 'header' (did you mean 'headers'?)"),
        ("http.get('http://a', { timeout = '0s' })", "'timeout' must be longer than zero"),
        ("http.get('http://a', { timeout = 'soon' })", "'soon' is not a duration"),
        ("http.get('http://a', { headers = { ['X Y'] = '1' } })", "headers[\"X Y\"]: a header's name"),
        ("http.get('http://a', { headers = { X = 'a\\r\\nB: c' } })", "headers.X contains a line break"),
        ("http.get('http://a', { headers = { X = {} } })", "headers.X must be a text, not a table"),
        ("http.get('http://a', { headers = { 'X: 1' } })", "'headers' must be a table of names and values"),
        ("http.get('http://a', { query = { x = {{}} } })", "query.x must be a text"),
        ("http.post('http://a', true)", "the body must be a text or a table, not a boolean"),
        ("http.post('http://a', 'x', { json = {} })", "give 'body' or 'json', not both"),
        ("http.post('http://a', { f = print })", "body.f: a function is no data"), ("http.request 'http://a'", "expected a table such as"),
        ("http.post('http://a', { t = secret 'TOKEN' })", "body.t: a secret is no data"),
        ("http.request { url = 'http://a', method = 'A B' }", "'method' must be a word"), ("http.request {}", "expected a URL"),
    ])
    func refusesWrongRequests(source: String, message: String) async throws {
        let bench = try await ScriptBench()
        let error = try await bench.failure("\n\n\(source)")
        #expect(error.message.contains(message), "\(error.message)")
        #expect(["bad_argument", "invalid_url", "invalid_value"].contains(error.code))
        #expect(error.location == LuaLocation(source: "bot.lua", line: 3))
        #expect(bench.http.requests.count == 0)
    }

    @Test func failuresAreErrorsWithoutSecrets() async throws {
        let bench = try await ScriptBench()
        bench.http.fail("connection", "http://a/s3cr3t-value: refused")
        let error = try await bench.failure("local t = secret 'TOKEN'\nreturn http.get('http://a/' .. t)")
        #expect(error.message == "http://a/••••: refused")
        #expect(error.code == "connection")
        #expect(error.location == LuaLocation(source: "bot.lua", line: 2))
        #expect(error.traceback.contains("bot.lua:2: in"))
        #expect(!error.traceback.contains("http:"), "\(error.traceback)")
    }

    @Test func saysThatABodyIsNotJSON() async throws {
        let bench = try await ScriptBench()
        bench.http.answer(200, "<html>")
        let error = try await bench.failure("local r = http.get('http://a')\nr:json()")
        #expect(error.message == "invalid JSON: line 1, column 1: expected a value, found '<'")
        #expect(error.line == 2)
        #expect(try await bench.failure("http.get('http://a').json()").message.contains("expected a text, got nil"))
    }

    @Test func belongsIntoHandlers() async throws {
        let bench = try await ScriptBench()
        let error = try await bench.loadFailure("\nhttp.get('http://a')")
        #expect(error.message.hasPrefix("bot.lua:2: 'http.get' has to wait, which is impossible while a script is being loaded"))
        #expect(error.line == 2)
        await #expect(throws: LuaError.self) { try await bench.format("http.get('http://a')") }
        #expect(bench.http.requests.count == 0)
    }
}
