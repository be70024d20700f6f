/// Functions of the API that belong together, and the values they deal in.
package struct ApiModule: Sendable, Equatable {
    /// Where the functions live.
    package enum Place: Sendable, Equatable {
        /// A global table: `http`.
        case table
        /// Globals of their own: `exec`.
        case globals
        /// A global value of a class: `state`.
        case value(of: String)
        /// Not a global: what handlers are given.
        case argument
    }

    package let name: String
    package let place: Place
    package let summary: String
    package let functions: [ApiFunction]
    /// Values that stand beside the functions: `json.null`.
    package let constants: [ApiParameter]
    package let classes: [ApiClass]

    init(
        _ name: String, _ place: Place, _ summary: String, functions: [ApiFunction] = [], constants: [ApiParameter] = [],
        classes: [ApiClass] = []
    ) {
        self.name = name
        self.place = place
        self.summary = summary
        self.functions = functions
        self.constants = constants
        self.classes = classes
    }

    /// The globals it brings.
    package var globals: [String] {
        switch place {
        case .table, .value: [name]
        case .globals: functions.map(\.name)
        case .argument: []
        }
    }
}
