import Testing

@testable import LuaRuntime

@Suite struct RequireTests {
    private func state(_ modules: [String: String]) throws -> LuaState {
        try LuaState(searcher: { name in modules[name].map { LuaSource(name: "lib/\(name).lua", text: $0) } })
    }

    @Test func loadsOnce() throws {
        let state = try state(["lib.a": "local name = ... return { name = name }"])
        let source = "local a, b = require 'lib.a', require('lib.a') return a == b, a.name"
        #expect(try state.evaluate(source, name: "t") == [true, "lib.a"])
    }

    @Test func aModuleWithoutAValueIsTrue() throws {
        #expect(try state(["m": "local x = 1"]).evaluate("return require 'm', require 'm'", name: "t") == [true, true])
    }

    @Test(arguments: ["../secret", "/etc/passwd", "a/b", "a..b", ".a", "a.", "", "a\\0b", "a b", "é"])
    func namesAreConfined(name: String) throws {
        let state = try LuaState(searcher: { _ in
            Issue.record("asked for a bad name")
            return nil
        })
        let error = #expect(throws: LuaError.self) { try state.evaluate("require '\(name)'", name: "t") }
        #expect(error?.message.contains("is not a module name") == true)
    }

    @Test func aMissingModuleIsNamed() throws {
        let error = #expect(throws: LuaError.self) { try state([:]).evaluate("\nrequire 'lib.gone'", name: "t.lua") }
        #expect(error?.message == "t.lua:2: module 'lib.gone' not found")
    }

    @Test func theFilesThatWereLookedForAreNamed() throws {
        let state = try LuaState(searcher: { _ in nil }, searchedFiles: { ["\($0).lua", "\($0)/init.lua"] })
        let error = #expect(throws: LuaError.self) { try state.evaluate("require 'gone'", name: "t.lua") }
        #expect(error?.message == "t.lua:1: module 'gone' not found: there is no gone.lua and no gone/init.lua")
    }

    @Test func cyclesAreReported() throws {
        let state = try state(["a": "return require 'b'", "b": "return require 'a'"])
        let error = #expect(throws: LuaError.self) { try state.evaluate("require 'a'", name: "t") }
        #expect(error?.message.contains("module 'a' requires itself") == true)
    }

    @Test func afterAnErrorItCanBeTriedAgain() throws {
        let state = try state(["bad": "error('broken', 0)", "worse": "return +", "binary": "\u{1B}Lua"])
        for _ in 0..<2 {
            #expect(try state.evaluate("return pcall(require, 'bad')", name: "t") == [false, "broken"])
        }
        let syntax = try state.evaluate("return pcall(require, 'worse')", name: "t")
        #expect(syntax[1].stringValue?.hasPrefix("lib/worse.lua:1:") == true)
        let binary = try state.evaluate("return pcall(require, 'binary')", name: "t")
        #expect(binary[1].stringValue?.contains("binary chunk") == true)
    }
}
