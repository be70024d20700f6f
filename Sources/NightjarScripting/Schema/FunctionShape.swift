/// What a function in a declaration is called with.
package struct FunctionShape: Sendable, Equatable {
    package struct Parameter: Sendable, Equatable {
        package let name: String
        /// In the notation of the editor's stubs: `string`, `nightjar.Context`.
        package let type: String
    }

    package let parameters: [Parameter]
    /// In the same notation; nil when what it returns is not looked at.
    package let returns: String?

    /// - Parameter parameters: names with their types, in order.
    package init(_ parameters: KeyValuePairs<String, String>, returns: String? = nil) {
        self.parameters = parameters.map { Parameter(name: $0.key, type: $0.value) }
        self.returns = returns
    }

    /// `function(args, ctx)`
    package var signature: String { "function(\(parameters.map(\.name).joined(separator: ", ")))" }
}
