import Testing

@testable import LuaRuntime

@Suite struct TableTests {
    @Test func settingNilRemoves() {
        var table: LuaTable = ["a": 1, "b": 2]
        table["a"] = nil
        table["c"] = .nil
        #expect(table.fields == ["b": 2])
    }

    @Test func listsKeepTheirMark() throws {
        let library = LuaLibrary(functions: [
            .synchronous("mark") { call in
                guard case .table(var table) = call[0] else { return [] }
                table.isList = true
                return [.table(table)]
            },
            .synchronous("marked") { [.bool($0[0].tableValue?.isList == true), .bool($0[0]["inner"].tableValue?.isList == true)] },
        ])
        let source = """
            local list = mark {}
            local a, b = marked { inner = list }
            list[1] = "x"
            return a, b, (marked(list)), (marked {}), (marked(setmetatable({}, {}))), (marked(setmetatable(list, nil)))
            """
        #expect(try run(source, libraries: [library]) == [false, true, true, false, false, false])
    }

    /// Views as preludes make them: an empty table whose metatable knows what it stands for.
    private static let views = LuaLibrary(
        functions: [
            .synchronous("check") { call in
                if call[0].isTruthy { return [.string(call.location?.description ?? "nowhere")] }
                throw LuaHostError(code: "x", message: "wrong")
            }
        ],
        prelude: [
            LuaSource(
                name: "views",
                text: """
                    local native = ...
                    local tables = setmetatable({}, { __mode = "k" })
                    local metatable = { __frozen = tables, __metatable = false }
                    view = function(value)
                      local view = setmetatable({}, metatable)
                      tables[view] = value
                      return view
                    end
                    failing = native(function() error("here", 3) end)
                    checked = native(function(...) return check(...) end)
                    """)
        ])

    @Test func viewsCrossAsWhatTheyStandFor() throws {
        #expect(
            try run("return view { 1, view { a = 2 }, x = { view {} } }", libraries: [Self.views]) == [
                .table(LuaTable(array: [1, ["a": 2]], fields: ["x": [[:]]]))
            ])
        #expect(try failure("local t = {} t.t = view(t) return t", libraries: [Self.views]).message.contains("contains itself"))
        #expect(
            try failure("local t = view {} for _ = 1, 200 do t = view { t } end return t", libraries: [Self.views]).message
                .contains("nested deeper"))
        // A script's own use of the name is none of a view's.
        #expect(try run("return setmetatable({ 1 }, { __frozen = 'x' }), setmetatable({ 2 }, { __frozen = {} })") == [[1], [2]])
    }

    @Test func preludesAreNativeCode() throws {
        #expect(try run("\nreturn checked(true)", libraries: [Self.views]) == ["test.lua:2"])
        let error = try failure("\n\nreturn checked(false)", libraries: [Self.views])
        #expect(error.location == LuaLocation(source: "test.lua", line: 3))
        #expect(error.traceback.split(separator: "\n").last == "test.lua:3: in main chunk")
        #expect(!error.traceback.contains("views"))
        let waiting = try LuaState(libraries: [
            .waiting,
            LuaLibrary(prelude: [LuaSource(name: "waiting", text: "local native = ... waits = native(function(...) return wait(...) end)")]),
        ])
        #expect(try waiting.drive(waiting.function("return function() return waits(1, 2) end")) == [1, 2])
        let blocked = #expect(throws: LuaError.self) {
            try waiting.drive(waiting.function("return function() table.sort({ 1, 2 }, function(a) return waits(a) end) end"))
        }
        #expect(blocked?.message == "test.lua:1: 'wait' has to wait, which is impossible inside a function called by 'sort'")
        #expect(try failure("\nfailing()", libraries: [Self.views]).message == "test.lua:2: here")
    }
}
