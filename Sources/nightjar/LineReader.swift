/// Where the lines of a conversation come from.
protocol LineReader: Sendable {
    /// The next line without its end; nil at the end of the input.
    func next() async -> String?
}
