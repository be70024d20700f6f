/// How one provider writes what ``StandInStep`` says.
protocol StandInDialect: Sendable {
    var contentType: String { get }

    /// What comes before the first step.
    mutating func opening() -> String

    /// - Returns: the bytes of the step, each string one write; steps that are not about content have none.
    mutating func render(_ step: StandInStep) -> [String]
}

/// The dialect of a request's path.
func standInDialect(path: String) -> any StandInDialect {
    let path = path.prefix { $0 != "?" }
    if path.hasSuffix("/chat/completions") { return StandInOpenAIDialect() }
    if path.hasSuffix("/messages") { return StandInAnthropicDialect() }
    return StandInPlainDialect()
}
