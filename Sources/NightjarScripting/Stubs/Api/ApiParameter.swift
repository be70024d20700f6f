/// A parameter of a function, or a field of a value, of the API.
package struct ApiParameter: Sendable, Equatable {
    /// A field may also be `[integer]` or `[string]`: any key of that type.
    package let name: String
    /// In the notation of the editor's stubs.
    package let type: String
    package let isOptional: Bool
    package let summary: String

    init(_ name: String, _ type: String, optional isOptional: Bool = false, _ summary: String) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
        self.summary = summary
    }
}
