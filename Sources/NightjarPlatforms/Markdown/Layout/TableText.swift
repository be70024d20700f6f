/// A table as lines of text with aligned columns.
struct TableText {
    /// Columns of text, above which lines wrap in the chats' windows and a table is unreadable.
    static let widthMax = 64

    private static let separator = " | "
    private static let crossing = "-|-"

    /// - Parameter cells: the header and the rows, all of the same length.
    /// - Returns: nil if the table is wider than ``widthMax``.
    static func lines(_ cells: [[String]], alignments: [MarkdownTable.Alignment]) -> [String]? {
        let widths = alignments.indices.map { column in cells.map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0 }
        guard widths.reduce(0, +) + separator.count * (widths.count - 1) <= widthMax else { return nil }
        var lines = cells.map { row in
            let padded = alignments.indices.map { pad(row[$0], to: widths[$0], alignments[$0]) }
            return trimmingEnd(padded.joined(separator: separator))
        }
        lines.insert(widths.map { String(repeating: "-", count: $0) }.joined(separator: crossing), at: 1)
        return lines
    }

    private static func pad(_ text: String, to width: Int, _ alignment: MarkdownTable.Alignment) -> String {
        let space = width - DisplayWidth.columns(of: text)
        let left =
            switch alignment {
            case .left: 0
            case .center: space / 2
            case .right: space
            }
        return String(repeating: " ", count: left) + text + String(repeating: " ", count: space - left)
    }

    private static func trimmingEnd(_ text: String) -> String {
        String(text[..<(text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)])
    }
}
