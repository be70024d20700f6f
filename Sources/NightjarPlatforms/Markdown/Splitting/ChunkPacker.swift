/// Packs lines into as few messages as their structure allows: one algorithm for all dialects.
///
/// A message is cut at the best place that leaves it filled to a quarter: between blocks, else in a list or quote, else between lines;
/// only a line that is longer than a message is cut itself. What is open around a cut is closed and opened again.
struct ChunkPacker {
    /// A cut at a good place may leave a message filled to one part in this many.
    private static let fillDivisor = 4

    private struct Item {
        var line: StyledLine
        var text: String
        /// UTF-16 units of the message with all before this line.
        var used: Int
    }

    private let dialect: any LineDialect
    private let limit: Int
    private var items: [Item] = []
    private var used = 0
    private var chunks: [String] = []

    /// - Parameter limit: UTF-16 units; nil: everything is one message.
    /// - Returns: messages that all show something; none if the lines show nothing.
    static func chunks(_ lines: [StyledLine], in dialect: any LineDialect, limit: Int?) -> [String] {
        var packer = ChunkPacker(dialect: dialect, limit: limit ?? .max)
        for line in lines { packer.add(line) }
        packer.flush(packer.items.count)
        return packer.chunks
    }

    private init(dialect: any LineDialect, limit: Int) {
        self.dialect = dialect
        self.limit = limit
    }

    private mutating func add(_ line: StyledLine) {
        if line.isGap, items.isEmpty { return }
        let text = dialect.write(line)
        if fits(line, text) { return append(line, text) }
        if isTooLong(line, text) { return addFragments(of: line) }
        flushAtBestPlace(before: line)
        add(line)
    }

    private mutating func append(_ line: StyledLine, _ text: String) {
        items.append(Item(line: line, text: text, used: used))
        used += joinCost(to: line.start, from: items.dropLast().last?.line) + text.utf16.count
    }

    private func joinCost(to start: LineContext, from last: StyledLine?) -> Int {
        dialect.join(from: last?.end, to: start).utf16.count
    }

    private func fits(_ line: StyledLine, _ text: String) -> Bool {
        used + joinCost(to: line.start, from: items.last?.line) + text.utf16.count + closingCost(of: line) <= limit
    }

    private func isTooLong(_ line: StyledLine, _ text: String) -> Bool {
        joinCost(to: line.start, from: nil) + text.utf16.count + closingCost(of: line) > limit
    }

    private func closingCost(of line: StyledLine) -> Int {
        dialect.join(from: line.end, to: nil).utf16.count
    }

    /// A line for which one message is not enough: it begins in this one if that has half of its room left.
    private mutating func addFragments(of line: StyledLine) {
        if used > limit / 2 { flushAtBestPlace(before: line) }
        if used > limit / 2 { flush(items.count) }
        var fragments = LineFragments(line, dialect: dialect)
        while !fragments.isAtEnd {
            let joins = joinCost(to: fragments.context, from: items.last?.line) + dialect.closingMax(of: line)
            let fragment = fragments.next(room: limit - used - joins)
            append(fragment, dialect.write(fragment))
            if !fragments.isAtEnd { flush(items.count) }
        }
    }

    /// Ends the message before the line that does not fit, or earlier; what is behind the cut begins the next one.
    private mutating func flushAtBestPlace(before line: StyledLine) {
        var best = (place: items.count, rank: line.rank)
        for (place, item) in items.enumerated().reversed() where item.line.rank > best.rank && item.used >= limit / Self.fillDivisor {
            best = (place, item.line.rank)
        }
        flush(best.place)
    }

    /// Ends the message before the item at `place`.
    private mutating func flush(_ place: Int) {
        let rest = items[place...]
        var lines = items[..<place]
        while lines.last?.line.isGap == true { lines.removeLast() }
        write(lines)
        items = []
        used = 0
        for item in rest where !(item.line.isGap && items.isEmpty) { append(item.line, item.text) }
    }

    private mutating func write(_ items: ArraySlice<Item>) {
        guard items.contains(where: { !isInvisible($0.line) }) else { return }
        var chunk = ""
        var last: LineContext?
        for item in items {
            chunk += dialect.join(from: last, to: item.line.start) + item.text
            last = item.line.end
        }
        chunks.append(chunk + dialect.join(from: last, to: nil))
    }

    private func isInvisible(_ line: StyledLine) -> Bool {
        InvisibleText.isInvisible(line.prefix) && line.runs.allSatisfy { InvisibleText.isInvisible($0.text) }
    }
}
