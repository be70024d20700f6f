import NightjarEngine
import Testing

@Suite struct ToolArgumentsTests {
    private let schema: JSONValue = .object([
        "type": .string("object"),
        "properties": .object([
            "city": .object(["type": .string("string")]),
            "days": .object(["type": .string("integer"), "default": .integer(3)]),
            "unit": .object(["enum": .array([.string("C"), .string("F")])]),
            "tags": .object(["type": .string("array"), "items": .object(["type": .string("string")])]),
        ]),
        "required": .array([.string("city")]),
        "additionalProperties": .bool(false),
    ])

    private func complaint(about text: String) -> String? {
        do {
            _ = try ToolArguments.prepare(text, for: schema)
            return nil
        } catch { return "\(error)" }
    }

    @Test func `Defaults are filled in`() throws {
        let arguments = try ToolArguments.prepare(#"{"city":"Bonn"}"#, for: schema)
        #expect(arguments == .object(["city": .string("Bonn"), "days": .integer(3)]))
    }

    @Test func `No arguments are an empty object`() throws {
        #expect(try ToolArguments.prepare("", for: .object([:])) == .object([:]))
    }

    @Test(arguments: [
        ("{", "the arguments are not valid JSON"),
        ("[1]", "the arguments must be a JSON object"),
        ("{}", "the argument \"city\" is missing"),
        (#"{"city":7}"#, "the argument \"city\" must be of type string"),
        (#"{"city":"Bonn","days":1.5}"#, "the argument \"days\" must be of type integer"),
        (#"{"city":"Bonn","unit":"K"}"#, "the argument \"unit\" must be one of"),
        (#"{"city":"Bonn","tags":["a",1]}"#, "the argument \"tags[1]\" must be of type string"),
        (#"{"city":"Bonn","town":1}"#, "there is no argument \"town\"; the tool takes: city, days, tags, unit"),
    ])
    func `The model is told what is wrong`(text: String, expected: String) {
        #expect(complaint(about: text)?.hasPrefix(expected) == true)
    }
}
