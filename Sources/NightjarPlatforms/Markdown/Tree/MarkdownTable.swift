/// A table; every row has as many cells as the header.
struct MarkdownTable: Sendable, Equatable {
    enum Alignment: Sendable, Equatable {
        case left, center, right
    }

    typealias Cell = [MarkdownInline]

    var alignments: [Alignment]
    var header: [Cell]
    var rows: [[Cell]]
}
