/// A kind of value that scripts are given or give.
package struct ApiClass: Sendable, Equatable {
    /// As stubs call it: `nightjar.Task`.
    package let name: String
    package let summary: String
    package let fields: [ApiParameter]
    package let methods: [ApiFunction]
    /// In the notation of the editor's stubs: `call(string): string?`.
    package let operators: [String]

    init(
        _ name: String, _ summary: String, fields: [ApiParameter] = [], methods: [ApiFunction] = [], operators: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.fields = fields
        self.methods = methods
        self.operators = operators
    }
}
