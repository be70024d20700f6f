import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct JSONModuleTests {
    @Test(arguments: [
        ("nil", "null"), ("true", "true"), ("42", "42"), ("3.0", "3.0"), ("-0.5", "-0.5"), ("1e300", "1e+300"),
        ("9223372036854775807", "9223372036854775807"), ("math.mininteger", "-9223372036854775808"),
        ("''", #""""#), (#"'a"b\\c\n\t\1'"#, #""a\"b\\c\n\t\u0001""#), ("'ü\u{1F680}/'", "\"ü\u{1F680}/\""),
        ("{}", "{}"), ("json.array {}", "[]"), ("json.array { 1 }", "[1]"), ("{ 1, 2.5, 'x' }", #"[1,2.5,"x"]"#),
        ("{ 1, nil, 3 }", "[1,null,3]"), ("{ b = 1, a = { c = {} } }", #"{"a":{"c":{}},"b":1}"#), ("json.null", "null"),
        ("{ a = json.null }", #"{"a":null}"#),
    ])
    func encodes(source: String, text: String) async throws {
        #expect(try await ScriptBench().value("return json.encode(\(source))") == .string(text))
    }

    @Test(arguments: [
        ("{ a = { b = { 1, 0/0 } } }", "value.a.b[2]: JSON has no NaN"), ("-1/0", "value: JSON has no infinity"),
        ("{ f = print }", "value.f: a function is no data and cannot be written"),
        ("{ ['a b'] = coroutine.create(print) }", "value[\"a b\"]: a reference is no data"),
        ("{ s = secret 'TOKEN' }", "value.s: a secret is no data"), ("{ x = '\\255' }", "value.x: the text is not valid UTF-8"),
        ("{ 1, 2, x = 3 }", "value: a list cannot have the entry .x too"), ("{ [7] = 1 }", "value: the key [7] is no text"),
        ("{ [true] = 1 }", "value: the key [true] is no text"), ("{ a = { [1.5] = 1 } }", "value.a: the key [1.5] is no text"),
    ])
    func refusesToEncode(source: String, message: String) async throws {
        let error = try await ScriptBench().failure("\nreturn json.encode(\(source))")
        #expect(error.message.hasPrefix(message), "\(error.message)")
        #expect(error.code == "invalid_value")
        #expect(error.location == LuaLocation(source: "bot.lua", line: 2))
    }

    @Test func reportsCyclesAndDepth() async throws {
        let bench = try await ScriptBench()
        #expect(try await bench.failure("local t = {} t.t = t json.encode(t)").message.contains("a table contains itself"))
        let deep = "local t = {} for _ = 1, 200 do t = { t } end json.encode(t)"
        #expect(try await bench.failure(deep).message.contains("nested deeper than"))
    }

    @Test(arguments: [
        ("[]", "[]"), ("{}", "{}"), (" [ 1 , { \"a\" : [ ] } ] ", #"[1,{"a":[]}]"#), ("[1,1.0,1e2,-0.0]", "[1,1.0,100.0,-0.0]"),
        ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9.223372036854776e+18"),
        (#""\u00e4\ud83d\ude80\/\b""#, "\"ä\u{1F680}/\\u0008\""), (#"{"a":null,"b":[null]}"#, #"{"b":[null]}"#),
        (#"{"a":1,"a":2}"#, #"{"a":2}"#), ("null", "null"), ("\u{FEFF}[]", "[]"), ("\r\n\t7\n", "7"),
    ])
    func decodesAndEncodesAgain(text: String, again: String) async throws {
        let value = try JSONReader.read(text)
        #expect(try JSONWriter.write(.init(lua: value)) == again)
        let result = try await ScriptBench().value("return json.encode(json.decode([==[\n\(text)]==]))")
        #expect(result == .string(again))
    }

    @Test(arguments: [
        ("", 1, 1, "expected a value, found the end"), ("[1,\n 2,,3]", 2, 4, "expected a value, found ','"),
        (#"{"a":1 "b"}"#, 1, 8, "expected ',' or '}', found '\"'"), ("{a:1}", 1, 2, "expected a name in double quotes, found 'a'"),
        ("[1", 1, 3, "expected ',' or ']', found the end"), ("nul", 1, 1, "expected a value"), ("[1]x", 1, 4, "expected the end, found 'x'"),
        ("<html>", 1, 1, "expected a value, found '<'"), ("01", 1, 2, "expected the end"), ("-", 1, 2, "expected a digit"),
        ("1.", 1, 3, "expected a digit"), ("1e", 1, 3, "expected a digit"), ("[1e999]", 1, 2, "the number is too large"),
        ("+1", 1, 1, "expected a value"), ("\"\\ud800\"", 1, 2, "half of a surrogate pair"), ("\"\\udc00\"", 1, 2, "half of a surrogate pair"),
        ("\"\\u12g4\"", 1, 6, "expected four hexadecimal digits, found 'g'"), ("\"\\x\"", 1, 2, "unknown escape"),
        ("\"a\nb\"", 1, 3, "a control character in a string"), ("{\"a\":\n\"open", 2, 1, "the string has no end"), ("\"\\", 1, 3, "no end"),
        ("['x']", 1, 2, "expected a value, found '''"), ("[1,]", 1, 4, "expected a value, found ']'"), ("é", 1, 1, "found 'é'"),
    ])
    func saysWhereTextIsNotJSON(text: String, line: Int, column: Int, problem: String) throws {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read(text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
    }

    @Test func errorsReachScriptsWithTheirPlace() async throws {
        let error = try await ScriptBench().failure("local x = 1\njson.decode('[1,\\n}')")
        #expect(error.message == "invalid JSON: line 2, column 1: expected a value, found '}'")
        #expect(error.value["line"] == 2)
        #expect(error.code == "invalid_json")
        #expect(error.line == 2)
        #expect(!error.traceback.contains("json:"), "\(error.traceback)")
    }

    @Test(arguments: [
        ("json.decode('a\\255b')", "behind byte 1"), ("json.decode(nil)", "expected a text, got nil"),
        ("json.decode('1', { keepnull = true })", "unknown option 'keepnull' (did you mean 'keep_null'?)"),
        ("json.encode(1, 'pretty')", "the options must be a table, not a string"),
        ("json.encode(1, { pretty = 1 })", "'pretty' must be true or false"),
        ("json.array { x = 1 }", "expected a table without named fields"),
    ])
    func refusesWrongArguments(source: String, message: String) async throws {
        let error = try await ScriptBench().failure(source)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test func nestingIsBounded() throws {
        let fits = String(repeating: "[", count: JSONReader.depthMax) + String(repeating: "]", count: JSONReader.depthMax)
        _ = try JSONReader.read(fits)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONReader.read(String(repeating: "[", count: 1_000_000)) }
        #expect(error?.problem == "nested deeper than \(JSONReader.depthMax) levels")
    }

    @Test func keepsNullsWhereAsked() async throws {
        let body = #"local t = json.decode('{"a":null}', { keep_null = true }) return t.a == json.null, tostring(t.a), json.encode(t)"#
        #expect(try await ScriptBench().run(body) == [true, "null", #"{"a":null}"#])
        #expect(try await ScriptBench().run(#"return json.decode('{"a":null}').a"#) == [nil])
    }

    @Test func writesForPeople() async throws {
        let text = try await ScriptBench().value("return json.encode({ a = { 1, {} }, b = json.array {} }, { pretty = true })")
        #expect(text == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    }

    /// A megabyte is read outside of the Lua thread, where a handler can wait and where it cannot.
    @Test func readsLargeTexts() async throws {
        let bench = try await ScriptBench()
        let body = """
            local text = "[" .. ("1234567,"):rep(50000) .. "1]"
            assert(#json.decode(text) == 50001)
            table.sort({ 2, 1 }, function(a, b) return #json.decode(text) < 0 end)
            local ok, problem = pcall(json.decode, text .. "]")
            return problem.code, problem.column
            """
        #expect(try await bench.run(body) == ["invalid_json", 400_004])
        #expect(try await bench.format("return #json.decode('[' .. ('1234567,'):rep(50000) .. '1]')") == 50_001)
    }
}
