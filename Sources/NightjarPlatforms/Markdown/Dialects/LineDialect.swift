/// What the splitter asks: how a line is written, what it costs, and what stands between lines. Costs are UTF-16 units of the text as it
/// is sent, which is never less than what a platform counts: some count Unicode scalars, some leave out tags and escapes.
protocol LineDialect: Sendable {
    /// The line, complete with its prefix and marks, without the signs of its context.
    func write(_ line: StyledLine) -> String

    /// The most that one scalar can cost in a run.
    func costMax(of scalar: Unicode.Scalar, in place: TextPlace) -> Int

    /// The most that a run costs beside its text: its marks, opened and closed. For an address, all of it.
    func overheadMax(of run: StyledRun) -> Int

    /// What stands between two lines, their line break included; nil is the beginning or the end of a message.
    func join(from: LineContext?, to: LineContext?) -> String

    /// The context after some text that begins in one.
    func context(after text: String, from start: LineContext) -> LineContext

    /// The most that closing costs after a piece of a line.
    func closingMax(of line: StyledLine) -> Int
}

extension LineDialect {
    func context(after text: String, from start: LineContext) -> LineContext { start }

    func closingMax(of line: StyledLine) -> Int { join(from: line.end, to: nil).utf16.count }
}
