/// Writes one line in a dialect: opens and closes marks so that they are nested, white space never touches a mark from inside, and
/// marks are told from letters.
struct LineWriter {
    /// What the last thing written is to a mark that follows.
    private enum Edge {
        case open, word, other, closed
    }

    private let dialect: any MarkdownDialect
    private var output: String
    private var marks: [TextMark] = []
    /// White space that is written once it is known which marks end before it.
    private var space = ""
    private var edge = Edge.open

    static func text(of line: StyledLine, in dialect: some MarkdownDialect) -> String {
        guard !line.start.isCode else {
            return line.prefix + line.runs.map { dialect.escape($0.text, in: .fence, before: " ", after: " ") }.joined()
        }
        var writer = LineWriter(dialect: dialect, output: line.prefix)
        if let first = line.runs.first, first.kind == .text, dialect.opensBlock(first.text) {
            writer.output.unicodeScalars.append(InvisibleText.zeroWidthSpace)
        }
        for (index, run) in line.runs.enumerated() {
            writer.write(dialect.adapted(run), next: index + 1 < line.runs.count ? line.runs[index + 1] : nil)
        }
        writer.close(downTo: 0)
        return writer.output
    }

    private init(dialect: any MarkdownDialect, output: String) {
        self.dialect = dialect
        self.output = output
    }

    private mutating func write(_ run: StyledRun, next: StyledRun?) {
        switch run.kind {
        case .text: writeText(run, next)
        case .code:
            enter(run.marks)
            separateSign()
            append(dialect.code(run.text), .closed)
        case .address:
            enter(run.marks)
            separate(from: run.text)
            let follower = next?.text.unicodeScalars.first ?? " "
            append(dialect.shown(run.text, next: follower), .word)
        }
    }

    private mutating func writeText(_ run: StyledRun, _ next: StyledRun?) {
        let scalars = run.text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !InvisibleText.isSpace($0) }),
            let last = scalars.lastIndex(where: { !InvisibleText.isSpace($0) })
        else {
            close(downTo: common(with: run.marks))
            space += run.text
            return
        }
        let end = scalars.index(after: last)
        space += String(scalars[..<first])
        enter(run.marks)
        let core = String(scalars[first..<end])
        separate(from: core)
        let touchesNext = end == scalars.endIndex && next.map { $0.kind != .text || !Self.beginsWithSpace($0.text) } ?? false
        let place = run.marks.contains(where: \.isLink) ? TextPlace.label : .text
        // What follows directly is a mark, or is not known before it is written.
        let escaped = dialect.escape(core, in: place, before: output.unicodeScalars.last ?? " ", after: touchesNext ? "*" : " ")
        append(escaped, InvisibleText.isWord(scalars[last]) ? .word : .other)
        space = String(scalars[end...])
    }

    private static func beginsWithSpace(_ text: String) -> Bool {
        text.unicodeScalars.first.map(InvisibleText.isSpace) ?? false
    }

    private mutating func append(_ text: String, _ edge: Edge) {
        output += text
        self.edge = edge
    }

    /// Goes from the open marks to others.
    private mutating func enter(_ wanted: [TextMark]) {
        let common = common(with: wanted)
        close(downTo: common)
        if !space.isEmpty { append(space, .open) }
        space = ""
        for mark in wanted[common...] {
            if !mark.isLink { separateSign() }
            append(dialect.signs(of: mark).open, .open)
            marks.append(mark)
        }
    }

    /// How many of the open marks, from the outermost, are among the wanted.
    private func common(with wanted: [TextMark]) -> Int {
        zip(marks, wanted).prefix { $0 == $1 }.count
    }

    private mutating func close(downTo count: Int) {
        while marks.count > count, let mark = marks.popLast() { append(dialect.signs(of: mark).close, mark.isLink ? .other : .closed) }
    }

    /// Keeps text from a mark that ends right before it.
    private mutating func separate(from text: String) {
        guard edge == .closed, dialect.boundaries == .words, let first = text.unicodeScalars.first else { return }
        if InvisibleText.isWord(first) || first == "`" { appendZeroWidthSpace() }
    }

    /// Keeps a sign from what it would not be seen beside.
    private mutating func separateSign() {
        let isNeeded =
            switch dialect.boundaries {
            case .none: false
            case .betweenMarks: edge == .closed || output.unicodeScalars.last == "`"
            case .words: edge == .closed || edge == .word || output.unicodeScalars.last == "`"
            }
        if isNeeded { appendZeroWidthSpace() }
    }

    private mutating func appendZeroWidthSpace() {
        append(String(InvisibleText.zeroWidthSpace), .open)
    }
}
