/// Text that has the same marks from end to end.
struct StyledRun: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case text
        case code
        /// An address that is shown as it is; never cut.
        case address
    }

    var text: String
    var kind = Kind.text
    /// From the outermost to the innermost.
    var marks: [TextMark] = []
}
