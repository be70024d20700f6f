import Testing

@testable import NightjarModels

struct ServerSentEventParserTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        var stream: String
        var events: [ServerSentEvent]
        var testDescription: String { name }
    }

    private static func message(_ data: String, type: String = "") -> ServerSentEvent {
        ServerSentEvent(type: type, data: data)
    }

    /// The first ones are the examples of the standard itself.
    static let samples = [
        Sample(
            name: "two data lines", stream: "data: YHOO\ndata: +2\ndata: 10\n\n", events: [message("YHOO\n+2\n10")]),
        Sample(
            name: "comment, id, empty id, leading space",
            stream: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            events: [message("first event"), message("second event"), message(" third event")]),
        Sample(
            name: "empty data lines dispatch, the unfinished block does not", stream: "data\n\ndata\ndata\n\ndata:",
            events: [message(""), message("\n")]),
        Sample(name: "the space after the colon is optional", stream: "data:test\n\ndata: test\n\n", events: [message("test"), message("test")]),
        Sample(name: "types last for one event", stream: "event: a\ndata: 1\n\ndata: 2\n\n", events: [message("1", type: "a"), message("2")]),
        Sample(name: "the last type counts", stream: "event: a\nevent: b\ndata: 1\n\n", events: [message("1", type: "b")]),
        Sample(name: "a type without data is dropped with its event", stream: "event: a\n\ndata: 1\n\n", events: [message("1")]),
        Sample(name: "CRLF", stream: "event: a\r\ndata: 1\r\ndata: 2\r\n\r\n", events: [message("1\n2", type: "a")]),
        Sample(name: "CR", stream: "data: 1\rdata: 2\r\rdata: 3\r\r", events: [message("1\n2"), message("3")]),
        Sample(name: "mixed ends of lines", stream: "data: 1\r\ndata: 2\rdata: 3\n\r\n", events: [message("1\n2\n3")]),
        Sample(name: "byte order mark", stream: "\u{FEFF}data: 1\n\n", events: [message("1")]),
        Sample(
            name: "a second byte order mark is part of the field's name", stream: "\u{FEFF}\u{FEFF}data: 1\n\ndata: 2\n\n", events: [message("2")]),
        Sample(name: "unknown fields", stream: "retry: 10\nfoo: bar\ndatax: no\ndata: 1\nDATA: no\n\n", events: [message("1")]),
        Sample(name: "colons in the value", stream: "data: {\"a\":1}\n\n", events: [message("{\"a\":1}")]),
        Sample(name: "characters of all lengths", stream: "data: aé€🦉\n\n", events: [message("aé€🦉")]),
        Sample(name: "line separator U+2028 ends no line", stream: "data: a\u{2028}b\n\n", events: [message("a\u{2028}b")]),
        Sample(name: "many blank lines", stream: "\n\n\ndata: 1\n\n\n\n", events: [message("1")]),
        Sample(name: "nothing", stream: "", events: []),
    ]

    @Test(arguments: samples) func wholeStream(_ sample: Sample) throws {
        var parser = ServerSentEventParser()
        #expect(try parser.consume(sample.stream.utf8) == sample.events)
    }

    /// Every way to cut the stream in two, and byte by byte.
    @Test(arguments: samples) func splitAnywhere(_ sample: Sample) throws {
        let bytes = Array(sample.stream.utf8)
        for cut in 0...bytes.count {
            var parser = ServerSentEventParser()
            let events = try parser.consume(bytes[..<cut]) + parser.consume(bytes[cut...])
            #expect(events == sample.events, "cut at \(cut)")
        }
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for byte in bytes { events += try parser.consume([byte]) }
        #expect(events == sample.events, "byte by byte")
    }

    @Test func eventIsDispatchedAtItsBlankLineNotLater() throws {
        var parser = ServerSentEventParser()
        #expect(try parser.consume("data: 1\r\n".utf8).isEmpty)
        #expect(try parser.consume("\r".utf8) == [Self.message("1")])
        #expect(try parser.consume("\n".utf8).isEmpty)
    }

    @Test func brokenCharactersAreReplaced() throws {
        var parser = ServerSentEventParser()
        #expect(try parser.consume(Array("data: ".utf8) + [0xFF] + Array("\n\n".utf8)) == [Self.message("\u{FFFD}")])
    }

    @Test func oneEventIsBounded() throws {
        var parser = ServerSentEventParser(eventBytesMax: 20)
        #expect(try parser.consume("data: 12345678\n\n".utf8) == [Self.message("12345678")])
        #expect(throws: ServerSentEventParser.EventTooLarge(limit: 20)) {
            try parser.consume("data: 12345678\ndata: 12345678\n\n".utf8)
        }
    }

    @Test func theBoundIsForEachEventNotForTheStream() throws {
        var parser = ServerSentEventParser(eventBytesMax: 20)
        for _ in 0..<100 {
            #expect(try parser.consume("data: 12345678\n\n".utf8).count == 1)
        }
    }
}
