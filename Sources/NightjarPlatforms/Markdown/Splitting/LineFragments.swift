/// Cuts one line, from its beginning to its end, into lines that are complete in themselves.
///
/// A cut is made after a sentence if that leaves a good part of the room filled, else after a word, else between two characters as
/// people see them. Only a character that is larger than all the room is cut between its scalars; an address never is.
struct LineFragments {
    private let line: StyledLine
    private let dialect: any LineDialect
    private let scalars: [Unicode.Scalar]
    /// Where each run ends in ``scalars``.
    private let ends: [Int]
    private var position = 0
    /// The context in which the next fragment begins.
    private(set) var context: LineContext

    private var isVerbatim: Bool { if case .verbatim = line.start { true } else { false } }

    var isAtEnd: Bool { position == scalars.count }

    init(_ line: StyledLine, dialect: any LineDialect) {
        self.line = line
        self.dialect = dialect
        var scalars: [Unicode.Scalar] = []
        ends = line.runs.map { run in
            scalars.append(contentsOf: run.text.unicodeScalars)
            return scalars.count
        }
        self.scalars = scalars
        context = line.start
    }

    /// The next fragment: of the most text that surely fits.
    /// - Parameter room: UTF-16 units, at least ``MarkdownLimits/chunkMin`` less what contexts cost.
    mutating func next(room: Int) -> StyledLine {
        let start = position
        let end = cut(room: room)
        position = end
        var fragment = line
        fragment.prefix = start == 0 ? line.prefix : line.continuation
        fragment.runs = runs(in: start..<end)
        fragment.start = context
        context = dialect.context(after: fragment.runs.map(\.text).joined(), from: context)
        fragment.end = context
        fragment.rank = start == 0 ? line.rank : .line
        if !line.start.isCode { while !isAtEnd, InvisibleText.isSpace(scalars[position]) { position += 1 } }
        return fragment
    }

    private func runs(in range: Range<Int>) -> [StyledRun] {
        var start = 0
        var found: [StyledRun] = []
        for (run, end) in zip(line.runs, ends) {
            let part = range.clamped(to: start..<end)
            start = end
            guard !part.isEmpty else { continue }
            var run = run
            run.text = String(String.UnicodeScalarView(scalars[part]))
            found.append(run)
        }
        return found
    }

    /// Where the next fragment ends.
    private func cut(room: Int) -> Int {
        var places = CutPlaces()
        // One more for a sign that keeps the line from being something else.
        var cost = (position == 0 ? line.prefix : line.continuation).utf16.count + 1
        var index = position
        var run = ends.firstIndex { $0 > position } ?? 0
        var isNewRun = true
        while index < scalars.count {
            if index == ends[run] {
                run = ends[run...].firstIndex { $0 > index } ?? run
                isNewRun = true
            }
            let current = line.runs[run]
            if isNewRun { cost += dialect.overheadMax(of: current) }
            isNewRun = false
            if current.kind == .address {
                guard cost <= room || index == position else { return end(at: index, places) }
                index = ends[run]
                continue
            }
            cost += dialect.costMax(of: scalars[index], in: TextPlace(of: current, in: line))
            guard cost <= room else { return end(at: index, places) }
            places.pass(scalars[index], at: index, isVerbatim: isVerbatim)
            index += 1
        }
        return index
    }

    /// - Parameter limit: the first scalar that does not fit.
    private func end(at limit: Int, _ places: CutPlaces) -> Int {
        if let sentence = places.sentence, sentence - position >= (limit - position) / 2 { return sentence }
        if let word = places.word, word > position { return word }
        if let unit = places.unit, unit > position { return unit }
        let end = characterEnd(before: limit)
        // A mark that combines with the end of an entity makes one character of both.
        if let unit = places.lastUnit, unit.contains(end) { return unit.lowerBound > position ? unit.lowerBound : limit }
        return max(end, position + 1)
    }

    /// The last place up to `limit` between two characters.
    private func characterEnd(before limit: Int) -> Int {
        guard limit < scalars.count, limit > position else { return limit }
        var end = position
        for character in String(String.UnicodeScalarView(scalars[position...limit])) {
            let next = end + character.unicodeScalars.count
            if next > limit { break }
            end = next
        }
        return end > position ? end : limit
    }
}
