/// One line of a message: what every platform shows, before its dialect.
///
/// A line is complete in itself: marks that reach over several lines are on each of them, so that a cut between lines needs no care.
struct StyledLine: Sendable, Equatable {
    /// How good a place the beginning of a line is for a cut.
    enum CutRank: Int, Sendable, Comparable {
        /// After a heading, which belongs to what follows.
        case heading, line, item, innerBlock, block

        static func < (one: CutRank, other: CutRank) -> Bool { one.rawValue < other.rawValue }
    }

    /// What comes before the text, in the dialect: the marks of quotes, indentation, and the marker of a list's item.
    var prefix = ""
    /// The prefix of what is cut off this line.
    var continuation = ""
    var runs: [StyledRun] = []
    /// The context at its beginning, and at its end: they differ in verbatim text only.
    var start = LineContext.text
    var end = LineContext.text
    var rank = CutRank.line
    /// An empty line between two blocks: nothing at the beginning and the end of a message.
    var isGap = false
}
