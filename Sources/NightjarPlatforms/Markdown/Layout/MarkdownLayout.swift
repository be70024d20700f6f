/// Lays a document out as lines, the same way for all platforms but for the signs that their dialects name.
///
/// Code blocks and tables begin at the left edge, out of the lists and quotes they are in: no dialect but Discord's has fences inside
/// of those.
struct MarkdownLayout {
    /// Columns that text is moved to the right for lists; deeper lists stay there. More leaves no room on a phone.
    static let indentMax = 16
    /// Quotes in quotes that are shown; deeper ones look the same.
    static let quoteDepthMax = 4
    /// A longer name is no language that any platform highlights.
    static let languageLengthMax = 30

    private static let rule = "──────────"

    let dialect: any MarkdownDialect
    let addressMax: Int
    private var lines: [StyledLine] = []
    private var gap: (rank: StyledLine.CutRank, quoteDepth: Int)?
    private var lastQuoteDepth = 0
    /// The marker of a list's item that waits for the item's first line.
    private var marker: String?
    /// The rank of the next line, if it is more than a line.
    private var rank: StyledLine.CutRank?

    /// Where the lines are that are laid out now.
    struct Place {
        var quoteDepth = 0
        var indent = 0
        var isOutermost: Bool { quoteDepth == 0 && indent == 0 }
    }

    /// - Parameter addressMax: UTF-16 units; longer addresses are shown as text, which can be cut.
    static func lines(of document: MarkdownDocument, in dialect: any MarkdownDialect, addressMax: Int) -> [StyledLine] {
        var layout = MarkdownLayout(dialect: dialect, addressMax: addressMax)
        layout.add(document.blocks, at: Place(), gap: .block)
        return layout.lines
    }

    private init(dialect: any MarkdownDialect, addressMax: Int) {
        self.dialect = dialect
        self.addressMax = addressMax
    }

    /// - Parameter gap: nil in a tight list, where blocks follow each other without an empty line.
    mutating func add(_ blocks: [MarkdownBlock], at place: Place, gap: StyledLine.CutRank?) {
        var isAfterHeading = false
        for (index, block) in blocks.enumerated() {
            if index > 0, let gap { self.gap = (isAfterHeading ? .heading : gap, place.quoteDepth) }
            add(block, at: place)
            if case .heading = block { isAfterHeading = true } else { isAfterHeading = false }
        }
    }

    private mutating func add(_ block: MarkdownBlock, at place: Place) {
        switch block {
        case .paragraph(let inlines): addText(runs(inlines), at: place)
        case .heading(let level, let inlines): addHeading(level, inlines, at: place)
        case .code(let language, let text): addCode(text.split(separator: "\n", omittingEmptySubsequences: false), language, at: place)
        case .quote(let blocks):
            var inner = place
            inner.quoteDepth = min(place.quoteDepth + 1, Self.quoteDepthMax)
            add(blocks, at: inner, gap: .innerBlock)
        case .list(let list): add(list, at: place)
        case .table(let table): add(table, at: place)
        case .html(let html):
            addText(html.split(separator: "\n").map { [StyledRun(text: InvisibleText.removingControls(String($0)))] }, at: place)
        case .rule: addText([[StyledRun(text: Self.rule)]], at: place)
        }
    }

    private mutating func addHeading(_ level: Int, _ inlines: [MarkdownInline], at place: Place) {
        let native = place.isOutermost && marker == nil ? dialect.headingPrefix(level: level) : nil
        let runs = RunCollector.lines(
            inlines, in: dialect, addressMax: addressMax, marks: native == nil ? [.bold] : [], breakText: " ")
        addText(runs, at: place, sign: native ?? "")
    }

    func runs(_ inlines: [MarkdownInline]) -> [[StyledRun]] {
        RunCollector.lines(inlines, in: dialect, addressMax: addressMax)
    }

    /// - Parameter sign: what comes right before the text of a line.
    mutating func addText(_ lines: [[StyledRun]], at place: Place, sign: String = "") {
        for runs in lines where !runs.allSatisfy({ InvisibleText.isInvisible($0.text) }) {
            let quote = dialect.quotePrefix(depth: place.quoteDepth)
            let spaces = String(repeating: " ", count: place.indent - (marker?.count ?? 0))
            append(
                StyledLine(
                    prefix: quote + spaces + (marker ?? "") + sign, continuation: quote + String(repeating: " ", count: place.indent),
                    runs: runs),
                quoteDepth: place.quoteDepth)
            marker = nil
        }
    }

    /// A block of code; one that shows nothing is left out.
    mutating func addCode(_ code: [Substring], _ language: String?, at place: Place) {
        guard !code.allSatisfy({ InvisibleText.isInvisible(String($0)) }) else { return }
        flushMarker(at: place)
        let context = LineContext.code(language: language.flatMap { Self.isLanguage($0) ? $0 : nil })
        for line in code {
            let text = InvisibleText.removingControls(String(line))
            append(StyledLine(runs: [StyledRun(text: text)], start: context, end: context), quoteDepth: 0)
        }
    }

    /// Whether it is the name of a language that no dialect could take for anything else.
    static func isLanguage(_ name: String) -> Bool {
        name.count <= languageLengthMax && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-#._".contains($0)) }
    }

    /// Puts a waiting marker on a line of its own.
    private mutating func flushMarker(at place: Place) {
        guard let marker else { return }
        let prefix = dialect.quotePrefix(depth: place.quoteDepth) + String(repeating: " ", count: place.indent - marker.count)
        append(StyledLine(prefix: prefix + marker), quoteDepth: place.quoteDepth)
        self.marker = nil
    }

    private mutating func append(_ line: StyledLine, quoteDepth: Int) {
        var line = line
        if line.start == .text, quoteDepth > 0 { (line.start, line.end) = (.quote, .quote) }
        if let gap, !lines.isEmpty {
            // A gap is in a quote only between two lines of it.
            let depth = min(gap.quoteDepth, quoteDepth, lastQuoteDepth)
            let context = depth > 0 ? LineContext.quote : .text
            lines.append(
                StyledLine(prefix: dialect.quotePrefix(depth: depth), start: context, end: context, rank: gap.rank, isGap: true))
        }
        line.rank = rank ?? .line
        lines.append(line)
        (gap, rank, lastQuoteDepth) = (nil, nil, quoteDepth)
    }

    private mutating func add(_ list: MarkdownList, at place: Place) {
        flushMarker(at: place)
        for (index, item) in list.items.enumerated() {
            if index > 0, !list.isTight { gap = (.innerBlock, place.quoteDepth) }
            rank = .item
            marker = dialect.marker(number: list.start.map { $0 + index }) + (item.isChecked.map { $0 ? "☑ " : "☐ " } ?? "")
            var inner = place
            inner.indent = min(place.indent, Self.indentMax) + (marker?.count ?? 0)
            add(item.blocks, at: inner, gap: list.isTight ? nil : .innerBlock)
            flushMarker(at: inner)
        }
    }

    private mutating func add(_ table: MarkdownTable, at place: Place) {
        let cells = ([table.header] + table.rows).map { row in row.map(plainText) }
        if !table.rows.isEmpty, let lines = TableText.lines(cells, alignments: table.alignments) {
            return addCode(lines.map { $0[...] }, nil, at: place)
        }
        addRecords(table, at: place)
    }

    /// A table that is too wide: a line "header: value" for each cell, an empty line between rows.
    private mutating func addRecords(_ table: MarkdownTable, at place: Place) {
        guard !table.rows.isEmpty else { return addText(table.header.flatMap(runs), at: place) }
        for (index, row) in table.rows.enumerated() {
            if index > 0 { gap = (.innerBlock, place.quoteDepth) }
            for (header, value) in zip(table.header, row) {
                let name = RunCollector.lines(header, in: dialect, addressMax: addressMax, marks: [.bold], breakText: " ").joined()
                let runs = RunCollector.lines(value, in: dialect, addressMax: addressMax, breakText: " ").joined()
                guard !runs.isEmpty else { continue }
                let colon = name.isEmpty ? [] : [StyledRun(text: ":", marks: [.bold]), StyledRun(text: " ")]
                addText([Array(name) + colon + Array(runs)], at: place)
            }
        }
    }

    /// A cell's text where no marks can be: links are their text and address.
    private func plainText(_ cell: MarkdownTable.Cell) -> String {
        RunCollector.lines(cell, in: dialect, addressMax: 0, breakText: " ").joined().map(\.text).joined()
    }
}
