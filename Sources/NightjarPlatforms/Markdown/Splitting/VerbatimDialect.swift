/// Text that is in its dialect already and is sent as it is: nothing is escaped, and only what a cut would leave open is closed and
/// opened again.
struct VerbatimDialect: LineDialect {
    /// What can be open over several lines.
    enum Openings: Sendable {
        /// Three back-quotes, with or without a language.
        case fences
        /// The tags of HTML.
        case tags
    }

    /// Tags in tags that are closed and opened again. Telegram has no more kinds.
    private static let tagDepthMax = 8

    let openings: Openings

    func write(_ line: StyledLine) -> String { line.runs.map(\.text).joined() }

    func costMax(of scalar: Unicode.Scalar, in place: TextPlace) -> Int { scalar.utf16.count }

    func overheadMax(of run: StyledRun) -> Int { 0 }

    func join(from: LineContext?, to: LineContext?) -> String {
        switch (from, to) {
        case (nil, .verbatim(let open)?): open.map { openings == .tags ? $0 : $0 + "\n" }.joined()
        case (.verbatim(let open)?, nil): open.reversed().map { openings == .tags ? "</\(TagText.name(of: $0))>" : "\n```" }.joined()
        default: "\n"
        }
    }

    func context(after text: String, from start: LineContext) -> LineContext {
        guard case .verbatim(let open) = start else { return start }
        switch openings {
        case .fences: return .verbatim(open: fences(after: text, open))
        case .tags: return .verbatim(open: Array(TagText.open(after: text, open).prefix(Self.tagDepthMax)))
        }
    }

    func closingMax(of line: StyledLine) -> Int {
        openings == .tags ? Self.tagDepthMax * "</blockquote>".count : "\n```".count
    }

    /// The lines of a text, each with what is open at its beginning and its end.
    func lines(of text: String) -> [StyledLine] {
        var context = LineContext.verbatim(open: [])
        var lines: [StyledLine] = []
        for part in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = String(part)
            var line = StyledLine(runs: [StyledRun(text: text)], start: context)
            context = self.context(after: text, from: context)
            line.end = context
            line.isGap = context == .verbatim(open: []) && InvisibleText.isInvisible(text)
            line.rank = line.isGap ? .block : .line
            lines.append(line)
        }
        return lines
    }

    /// Fences do not nest: there is one open or none.
    private func fences(after text: String, _ open: [String]) -> [String] {
        var open = open
        var rest = text.unicodeScalars[...]
        while let fence = nextFence(in: rest) {
            rest = rest[fence...].dropFirst(3)
            open = open.isEmpty ? [opening(before: rest)] : []
        }
        return open
    }

    private func nextFence(in text: Substring.UnicodeScalarView) -> String.Index? {
        var count = 0
        for index in text.indices {
            count = text[index] == "`" ? count + 1 : 0
            if count == 3 { return text.index(index, offsetBy: -2) }
        }
        return nil
    }

    /// The fence again, with its language if nothing else follows it on its line.
    private func opening(before rest: Substring.UnicodeScalarView) -> String {
        // One more than the longest name: what follows it does not matter, and may be long.
        let name = String(rest.prefix(MarkdownLayout.languageLengthMax + 1))
        return "```" + (MarkdownLayout.isLanguage(name) ? name : "")
    }
}
