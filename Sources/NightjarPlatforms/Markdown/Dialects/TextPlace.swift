/// Where text stands, which decides about its escapes.
enum TextPlace: Sendable {
    case text
    /// The text of a link.
    case label
    /// Code in a line of text.
    case code
    /// A line of a code block.
    case fence

    init(of run: StyledRun, in line: StyledLine) {
        self =
            if line.start.isCode {
                .fence
            } else if run.kind == .code {
                .code
            } else if run.marks.contains(where: \.isLink) {
                .label
            } else {
                .text
            }
    }
}
