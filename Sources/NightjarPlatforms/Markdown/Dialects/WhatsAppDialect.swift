/// WhatsApp's formatting: marks without escapes, and no links behind other text.
struct WhatsAppDialect: MarkdownDialect {
    let linkSchemes: Set<String> = []
    let boundaries = MarkBoundaries.words

    func marker(number: Int?) -> String { number.map { "\($0). " } ?? "- " }

    func quotePrefix(depth: Int) -> String { String(repeating: "> ", count: depth) }

    func address(_ url: String) -> String { LinkAddress.encoded(url, also: "*~") }

    func shown(_ address: String, next: Unicode.Scalar) -> String { address }

    func signs(of mark: TextMark) -> (open: String, close: String) {
        switch mark {
        case .bold: ("*", "*")
        case .italic: ("_", "_")
        case .strike: ("~", "~")
        case .link: ("", "")
        }
    }

    func escape(_ text: String, in place: TextPlace, before: Unicode.Scalar, after: Unicode.Scalar) -> String {
        switch place {
        case .text, .label: QuietMarks.quiet(text, before: before, after: after)
        case .code, .fence: FenceText.breaking(text)
        }
    }

    func code(_ text: String) -> String { QuietMarks.code(text) }

    func costMax(of scalar: Unicode.Scalar, in place: TextPlace) -> Int {
        QuietMarks.isMark(scalar) ? 3 : scalar.utf16.count
    }

    func opensBlock(_ text: String) -> Bool { BlockSigns.begin(text) }

    func join(from: LineContext?, to: LineContext?) -> String { joinWithFences(from: from, to: to, namesLanguages: false) }
}
