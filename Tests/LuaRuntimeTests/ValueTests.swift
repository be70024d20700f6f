import Testing

@testable import LuaRuntime

@Suite struct ValueTests {
    @Test func plainValuesCrossUnchanged() throws {
        let state = try LuaState()
        let identity = try state.function("return function(...) return ... end")
        let values: [LuaValue] = [
            nil, true, false, 42, .integer(.min), 1.5, .number(.infinity), "", "grüße", .bytes([0xFF, 0x00, 0x41]),
            [1, 2, [3, "four"]], ["a": 1, "b": ["c": true]], .table(LuaTable()),
            .table(LuaTable(array: ["x"], fields: ["y": 2, 10: 3, .bool(true): 4, .number(0.5): 5])),
        ]
        #expect(try state.call(identity, values) == values)
    }

    @Test func stringsKeepZeroBytes() throws {
        #expect(try run("return 'a\\0b', #'a\\0b'") == ["a\0b", 3])
    }

    @Test func functionsKeepTheirIdentity() throws {
        let state = try LuaState()
        let function = try state.function("return function() return 7 end")
        let same = try state.function("return function(a, b) return a == b end")
        #expect(try state.call(same, [.function(function), .function(function)]) == [true])
        #expect(try state.call(function) == [7])
    }

    @Test func aHandleOfAnotherVMIsRefused() throws {
        let one = try LuaState()
        let other = try LuaState()
        let function = try one.function("return function() end")
        #expect(throws: LuaError.self) { try other.call(function) }
        let error = #expect(throws: LuaError.self) {
            try other.call(other.function("return print"), [.function(function)])
        }
        #expect(error?.kind == .invalid)
    }

    @Test func releasedReferencesAreFreed() throws {
        let state = try LuaState()
        let make = try state.function("return function() local t = {} for i = 1, 100 do t[i] = i end return function() return t end end")
        state.collectGarbage()
        let baseline = state.memoryUsed
        var kept: [LuaValue] = []
        for _ in 0..<100 { kept += try state.call(make) }
        state.collectGarbage()
        #expect(state.memoryUsed > baseline + 100_000)
        kept = []
        state.collectGarbage()
        // The registry keeps its slots for reuse.
        #expect(state.memoryUsed < baseline + 10_000)
    }

    @Test(arguments: [
        ("local t = {} t.t = t return t", "contains itself"),
        ("local t = {} local u = { t } t[1] = u return t", "contains itself"),
        ("local t = {} for _ = 1, 200 do t = { t } end return t", "nested deeper"),
        ("local t = {} for i = 1, 2000000 do t[i] = i end return t", "more than"),
        ("return { [{}] = 1 }", "key of type table"),
    ])
    func tablesThatCannotCrossSayWhy(source: String, reason: String) throws {
        let error = try failure(source)
        #expect(error.message.contains(reason))
    }

    @Test func tablesCrossRaw() throws {
        let source = """
            return setmetatable({ 1, 2, a = 3 }, {
              __index = function() error("index") end, __len = function() return 1 << 60 end,
              __pairs = function() error("pairs") end, __name = 7 })
            """
        #expect(try run(source) == [.table(LuaTable(array: [1, 2], fields: ["a": 3]))])
    }

    @Test func aTableTwiceIsNoCycle() throws {
        #expect(try run("local t = { 1 } return { t, t }") == [[[1], [1]]])
    }

    @Test func tablesThatAreTooDeepForLuaAreRefused() throws {
        let state = try LuaState()
        var value: LuaValue = 1
        for _ in 0..<200 { value = .table(LuaTable(array: [value])) }
        let function = try state.function("return function() end")
        let error = #expect(throws: LuaError.self) { try state.call(function, [value]) }
        #expect(error?.message.contains("nested deeper") == true)
    }

    @Test func referencesKeepTablesByIdentity() throws {
        let state = try LuaState()
        let make = try state.function("return function() local t = {} t.self = t return t end")
        let values = try state.call(make, results: .references)
        let check = try state.function("return function(t) return t.self == t end")
        #expect(try state.call(check, values) == [true])
    }

    @Test func objectsAreOpaque() throws {
        let type = LuaObjectType(
            name: "secret",
            methods: [.synchronous("size") { call in [.integer(Int64(call[0].objectValue?.payload.count ?? -1))] }],
            metamethods: [
                .synchronous("__tostring") { _ in ["(secret)"] },
                .synchronous("__concat") { call in
                    let bytes = call.arguments.flatMap { $0.objectValue?.payload ?? $0.bytesValue ?? [] }
                    return [.object(LuaObject(typeName: "secret", payload: bytes))]
                },
            ])
        let secret = LuaObject(typeName: "secret", payload: Array("key".utf8))
        let library = LuaLibrary(constants: ["key": .object(secret)], objectTypes: [type])
        let source = """
            local both = "x" .. key
            return tostring(key), key:size(), both, getmetatable(key), #tostring(both), pcall(function() return key.payload.x end)
            """
        let values = try run(source, libraries: [library])
        #expect(values[0] == "(secret)")
        #expect(values[1] == 3)
        #expect(values[2].objectValue?.payload == Array("xkey".utf8))
        #expect(values[3] == false)
        #expect(values[5] == false)
        #expect(try failure("setmetatable(key, {})", libraries: [library]).message.contains("table expected"))
    }

    @Test func equalObjectsAreEqualInScripts() throws {
        let object = LuaObject(typeName: "id", id: 7)
        let library = LuaLibrary(
            constants: ["a": .object(object), "b": .object(object), "c": .object(LuaObject(typeName: "id", id: 8))],
            objectTypes: [LuaObjectType(name: "id")])
        #expect(try run("return a == b, a == c", libraries: [library]) == [true, false])
        #expect(object.id == 7)
    }
}
