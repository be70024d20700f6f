import LuaRuntime
import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarScripting

@Suite struct StateModuleTests {
    @Test(arguments: [
        "nil", "true", "42", "42.0", "'text'", "'ü\\0\\n'", "{}", "{ 1, 2.0, 'x' }", "{ a = { b = { 1 } } }", "math.maxinteger", "-0.0",
        "{ [5] = 'five', [-1] = 'minus', [true] = 'yes', [1.5] = 'half', x = 'y' }", "{ 1, 2, n = 2 }", "{ 1, nil, 3 }",
        "{ ['$table'] = 1 }", "{ ['$table'] = { { 1, 2 } } }", "{ json.null, x = json.null }",
    ])
    func valuesComeBackAsTheyWere(source: String) async throws {
        let body = """
            local function show(v)
              if type(v) ~= "table" then return math.type(v) or tostring(v), tostring(v) end
              local keys, parts = {}, {}
              for k in pairs(v) do keys[#keys + 1] = k end
              table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
              for _, k in ipairs(keys) do
                local kind, text = show(v[k])
                parts[#parts + 1] = (math.type(k) or type(k)) .. ":" .. tostring(k) .. "=" .. kind .. ":" .. text
              end
              return "table", "{" .. table.concat(parts, ",") .. "}"
            end
            local value = \(source)
            state.key = value
            local _, before = show(value)
            local _, after = show(state.key)
            return before, after
            """
        let results = try await ScriptBench().run(body)
        #expect(results.first == results.last)
    }

    @Test func isSharedAndDurable() async throws {
        let bench = try await ScriptBench()
        _ = try await bench.run("state.count = 3 state.list = json.array {} state.gone = 1")
        #expect(bench.engine.stateTable["count"] == "3")
        #expect(bench.engine.stateTable["list"] == "[]")
        _ = try await bench.run("state.gone = nil")
        #expect(bench.engine.stateTable.keys == ["count", "list"])
        bench.engine.stateTable["count"] = "4"
        #expect(try await bench.value("return state.count") == 4)
    }

    @Test func readsAreFrozen() async throws {
        let bench = try await ScriptBench()
        _ = try await bench.run("state.t = { list = { 1, 2 }, name = 'x' }")
        for write in [
            "state.t.name = 'y'", "state.t.new = 1", "state.t.list[1] = 9", "table.insert(state.t.list, 3)",
            "table.sort(state.t.list, function() return true end)",
        ] {
            let error = try await bench.failure("\n\(write)")
            #expect(error.code == "read_only", "\(write): \(error.message)")
            #expect(error.line == 2)
            #expect(error.message.contains("assign the whole value"))
        }
        #expect(try await bench.value("return json.encode(state.t)") == #"{"list":[1,2],"name":"x"}"#)
    }

    @Test func frozenTablesReadLikeTables() async throws {
        let body = """
            state.t = { list = { 10, 20, 30 }, name = 'x', empty = {} }
            local t, out = state.t, {}
            for k, v in pairs(t) do out[#out + 1] = k end
            table.sort(out)
            for i, v in ipairs(t.list) do out[#out + 1] = v end
            for k, v in next, t.list do out[#out + 1] = v end
            return #t.list, table.concat(out, ","), table.unpack(t.list, 2), table.concat(t.list, "+"), next(t.empty), next(t.list), type(t)
            """
        #expect(
            try await ScriptBench().run(body) == [
                3, "empty,list,name,10,20,30,10,20,30", 20, "10+20+30", nil, 1, "table",
            ])
    }

    @Test func frozenTablesCanBePassedOn() async throws {
        let bench = try await ScriptBench()
        _ = try await bench.run("state.a = { x = { 1 } } state.b = state.a state.c = { inner = state.a.x } http.post('http://a', state.a)")
        #expect(bench.engine.stateTable["b"] == #"{"x":[1]}"#)
        #expect(bench.engine.stateTable["c"] == #"{"inner":[1]}"#)
        #expect(bench.http.requests.all.first?.body == Array(#"{"x":[1]}"#.utf8))
        #expect(try await bench.value("return state.a") == ["x": [1]])
    }

    @Test(arguments: ["http.get('http://a')", "exec { 'true' }", "sleep('1ms')"])
    func writesAreDurableBeforeAHandlerWaits(effect: String) async throws {
        let bench = try await ScriptBench(clock: JumpingClock().engineClock)
        _ = try await bench.run("state.mark = 1 \(effect)")
        #expect(try await bench.engine.store.loadState() == ["mark": "1"])
    }

    @Test func updatesAreAtomic() async throws {
        let bench = try await ScriptBench()
        let body = """
            state.update('list', function(l) l = l or {} l[#l + 1] = 'a' return l end)
            local l = state.update('list', function(l) l[#l + 1] = 'b' return l end)
            return #l, json.encode(state.list), state.update('list', function() end), state.list
            """
        #expect(try await bench.run(body) == [2, #"["a","b"]"#, nil, nil])
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { _ = try await bench.run("state.update('n', function(n) return (n or 0) + 1 end)") }
            }
            try await group.waitForAll()
        }
        #expect(bench.engine.stateTable["n"] == "50")
    }

    @Test func updatesStartOverWhenOthersWrite() async throws {
        let bench = try await ScriptBench()
        let table = bench.engine.stateTable
        table["n"] = "1"
        var tries = 0
        let result = try StateValues(table).update("n") { value in
            tries += 1
            if tries < 3 { table["n"] = "\(tries * 10)" }
            return .integer((value.integerValue ?? 0) + 1)
        }
        #expect(result == 21)
        #expect(tries == 3)
        let error = #expect(throws: LuaHostError.self) {
            try StateValues(table).update("n") { _ in
                tries += 1
                table["n"] = "\(tries)"
                return 0
            }
        }
        #expect(error?.code == "busy")
    }

    @Test func errorsInAnUpdateChangeNothing() async throws {
        let bench = try await ScriptBench()
        let error = try await bench.failure("state.n = 1\nstate.update('n', function() error('stop') end)")
        #expect(error.message == "bot.lua:2: stop")
        #expect(error.line == 2)
        #expect(bench.engine.stateTable["n"] == "1")
        #expect(try await bench.failure("state.update('n', function() sleep(1) end)").kind == .cannotWait)
    }

    @Test(arguments: [
        ("state.x = print", "state.x: a function is no data"), ("state.x = { a = { coroutine.create(print) } }", "state.x.a[1]: a reference"),
        ("local t = {} t.t = t state.x = t", "a table contains itself"), ("state.x = 0/0", "state.x: JSON has no NaN"),
        ("state.x = '\\255'", "state.x: the text is not valid UTF-8"), ("state.x = { ['\\255'] = 1 }", "state.x[bytes]: the text is not valid"),
        ("state.x = secret 'TOKEN'", "state.x: a secret is no data"), ("state[1] = 1", "a key must be a text"),
        ("state[''] = 1", "a key must be a text"),
        ("return state[nil]", "a key must be a text"), ("state[{}] = 1", "a key must be a text that is not empty, not a table"),
        ("state.update = 1", "\"update\" is a function of state"),
        ("state[('k'):rep(257)] = 1", "a key may have 256 bytes; this one has 257"), ("state.x = ('x'):rep(300000)", "the value takes 300002 bytes"),
        ("state.update('x')", "expected a key and a function, got a nil"), ("setmetatable(state, nil)", "protected metatable"),
        ("next(7)", "bad argument #1 to 'next' (table expected, got number)"),
    ])
    func refusesWhatIsNotData(source: String, message: String) async throws {
        let bench = try await ScriptBench()
        let error = try await bench.failure("\n\(source)")
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.line == 2)
        #expect(bench.engine.stateTable.keys == [])
    }

    @Test func keysAreListedAndBounded() async throws {
        let bench = try await ScriptBench()
        for number in 0..<StateLimits.keysMax { bench.engine.stateTable["k\(number)"] = "0" }
        #expect(try await bench.failure("state.more = 1").code == "too_many_keys")
        #expect(try await bench.failure("state.update('more', function() return 1 end)").code == "too_many_keys")
        _ = try await bench.run("state.k5 = 1 state.k6 = nil state.more = 1")
        #expect(try await bench.run("return #state.keys(), state.more") == [10_000, 1])
        let body = "local n = 0 for k, v in pairs(state) do n = n + v end return n"
        #expect(try await bench.value(body) == 2)
    }

    @Test func loadingAndFormattersDoNotWrite() async throws {
        let bench = try await ScriptBench()
        _ = try await bench.run("state.x = { 7 }")
        #expect(try await bench.loadFailure("state.x = 1").code == "load_phase")
        #expect(try await bench.loadFailure("return state.x").code == "load_phase")
        #expect(try await bench.format("return state.x[1]") == 7)
        await #expect(throws: LuaError.self) { try await bench.format("state.x = 1") }
        #expect(bench.engine.stateTable["x"] == "[7]")
    }
}
