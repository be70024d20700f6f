import NightjarEngine
@testable import NightjarServer
import NIOCore
import Testing

@Suite struct JSONWriterTests {
    @Test func structureIsRight() {
        let buffer = JSONWriter.object { json in
            json.member("a", "x")
            json.member("b", 3)
            json.member("c", true)
            json.member("d", String?.none)
            json.key("e")
            json.array([1, 2]) { json, number in json.object { $0.member("n", number) } }
            json.key("f")
            json.array([String]()) { $0.string($1) }
            json.member("g", Timestamp(milliseconds: 0))
        }
        #expect(
            String(buffer: buffer)
                == #"{"a":"x","b":3,"c":true,"d":null,"e":[{"n":1},{"n":2}],"f":[],"g":"1970-01-01T00:00:00.000Z"}"#)
    }

    /// Whatever the text, a reader gets it back.
    @Test(arguments: ["", "plain", "\"\\/", "\u{0}\u{1}\u{1F}\n\r\t\u{7F}", "é🦉\u{2028}", String(repeating: "\"", count: 1000)])
    func everyTextComesBack(text: String) throws {
        let buffer = JSONWriter.object { $0.member("t", text) }
        #expect(try JSONValue(parsing: String(buffer: buffer)) == ["t": .string(text)])
    }

    @Test func piecesMakeOneDocument() throws {
        var json = JSONWriter()
        json.open("{")
        json.key("list")
        json.open("[")
        var text = ""
        for number in 0..<3 {
            json.integer(number)
            text += String(buffer: json.takeBuffer())
        }
        json.close("]")
        json.close("}")
        #expect(text + String(buffer: json.buffer) == #"{"list":[0,1,2]}"#)
    }
}
