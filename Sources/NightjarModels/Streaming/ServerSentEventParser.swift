/// Cuts a `text/event-stream` into events, however the bytes are split on their way.
///
/// Follows the WHATWG HTML standard, "Interpreting an event stream" (section 9.2.6): lines end in LF, CR or CRLF, one leading
/// byte order mark is skipped, lines that start with a colon are comments, data lines are joined, an event without a data line
/// is not dispatched, and what follows the last blank line is dropped. `id` and `retry` are read over: they serve
/// reconnection, and a model's answer cannot be resumed.
struct ServerSentEventParser {
    /// An event was larger than the limit; nothing more can be read from the stream.
    struct EventTooLarge: Error, Equatable {
        var limit: Int
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let colon = UInt8(ascii: ":")
    private static let space = UInt8(ascii: " ")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let eventBytesMax: Int
    private var line: [UInt8] = []
    private var isFirstLine = true
    private var lastWasCarriageReturn = false
    private var type: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false

    /// - Parameter eventBytesMax: the most bytes that are held back for one event.
    init(eventBytesMax: Int = ModelLimits.eventBytesMax) {
        self.eventBytesMax = eventBytesMax
    }

    /// Takes the next bytes of the stream.
    /// - Returns: the events that these bytes complete, in order.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(EventTooLarge) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var rest = bytes[...]
        while let first = rest.first {
            let completesPair = lastWasCarriageReturn && first == Self.lineFeed
            lastWasCarriageReturn = false
            if completesPair {
                rest = rest.dropFirst()
                continue
            }
            let end = rest.firstIndex { $0 == Self.lineFeed || $0 == Self.carriageReturn } ?? rest.endIndex
            guard line.count + data.count + (end - rest.startIndex) <= eventBytesMax else {
                throw EventTooLarge(limit: eventBytesMax)
            }
            line.append(contentsOf: rest[..<end])
            guard end < rest.endIndex else { break }
            lastWasCarriageReturn = rest[end] == Self.carriageReturn
            rest = rest[(end + 1)...]
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
        }
        guard !line.isEmpty else { return dispatch() }
        readField()
        line.removeAll(keepingCapacity: true)
        return nil
    }

    /// The bytes are only decoded when an event is dispatched, so a character split over chunks is never seen in halves.
    private mutating func readField() {
        let end = line.firstIndex(of: Self.colon) ?? line.endIndex
        var value = line[end...].dropFirst()
        if value.first == Self.space { value = value.dropFirst() }
        if line[..<end].elementsEqual("data".utf8) {
            if hasData { data.append(Self.lineFeed) }
            data.append(contentsOf: value)
            hasData = true
        } else if line[..<end].elementsEqual("event".utf8) {
            type = Array(value)
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            type.removeAll(keepingCapacity: true)
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        guard hasData else { return nil }
        return ServerSentEvent(type: String(decoding: type, as: UTF8.self), data: String(decoding: data, as: UTF8.self))
    }
}
