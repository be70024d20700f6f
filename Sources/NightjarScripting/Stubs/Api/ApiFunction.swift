/// A function of the API, as data: what stubs, the reference and suggestions are made from.
package struct ApiFunction: Sendable, Equatable {
    /// Without its module: `get`.
    package let name: String
    package let parameters: [ApiParameter]
    /// The types of what it returns, in the notation of the editor's stubs; empty when it returns nothing.
    package let returns: [String]
    /// One line for people, without the full stop.
    package let summary: String
    package let since: String

    init(_ name: String, _ parameters: [ApiParameter] = [], returns: [String] = [], since: String = "1.0", _ summary: String) {
        self.name = name
        self.parameters = parameters
        self.returns = returns
        self.summary = summary
        self.since = since
    }

    /// `get(url, options)`
    package var signature: String { "\(name)(\(parameters.map(\.name).joined(separator: ", ")))" }
}
