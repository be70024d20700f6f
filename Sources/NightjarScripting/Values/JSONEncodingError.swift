/// Why a Lua value has no JSON text, and where in it.
struct JSONEncodingError: Error, Sendable, Equatable, CustomStringConvertible {
    var problem: String
    /// From the outermost in: `.name`, `[3]`.
    var path: [String] = []

    func inside(_ step: String) -> JSONEncodingError { JSONEncodingError(problem: problem, path: [step] + path) }

    /// As a script would write the place: `value.items[3]: …`.
    func text(of root: String) -> String { "\(root)\(path.joined()): \(problem)" }

    var description: String { text(of: "value") }
}
