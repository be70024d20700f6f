import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

@Suite struct DataValueTests {
    @Test(arguments: [
        ("1h30m" as LuaValue, Duration.seconds(5400)), (2, .seconds(2)), (0.25, .milliseconds(250)), ("250ms", .milliseconds(250)),
    ])
    func durationsAreTextOrSeconds(value: LuaValue, duration: Duration) throws {
        #expect(try Duration(lua: value) == duration)
    }

    @Test(arguments: [nil, true, [], "", "x", -1, .number(.nan), .number(.infinity)] as [LuaValue])
    func otherValuesAreNoDurations(value: LuaValue) {
        #expect(throws: DurationTextError.self) { try Duration(lua: value) }
    }

    @Test func documentsBecomeTables() throws {
        let document: JSONValue = ["a": [1, .number(1), .null], "b": .null, "c": ["d": true], "e": []]
        let value = LuaValue(document)
        #expect(value == ["a": [1, 1.0, .jsonNull], "c": ["d": true], "e": []])
        #expect(try JSONValue(lua: value) == ["a": [1, .number(1), .null], "c": ["d": true], "e": []])
    }

    @Test func problemsAreNamedFromTheRoot() {
        let error = #expect(throws: LuaHostError.self) { try JSONValue(lua: ["a": [1, .number(.infinity)]], root: "args") }
        #expect(error == LuaHostError(code: "invalid_value", message: "args.a[2]: JSON has no infinity"))
    }

    @Test func numbersKeepTheirKind() {
        #expect(JSONWriter.write([.integer(3), .number(3), .number(-0.0), .number(.leastNonzeroMagnitude)]) == "[3,3.0,-0.0,5e-324]")
    }
}
