import Foundation
import HTTPTypes
import NightjarEngine

/// The query of a request's target: `wait=10s&limit=5`.
struct QueryText {
    private let pairs: [(name: Substring, value: Substring)]

    init(_ query: String?) {
        pairs = (query ?? "").split(separator: "&").map { pair in
            guard let equals = pair.firstIndex(of: "=") else { return (pair, "") }
            return (pair[..<equals], pair[pair.index(after: equals)...])
        }
    }

    /// All names and values, as forms encode them: `+` is a space.
    var decoded: [(name: String, value: String)] {
        func decode(_ text: Substring) -> String {
            let text = text.replacing("+", with: " ")
            return text.removingPercentEncoding ?? String(text)
        }
        return pairs.map { (decode($0.name), decode($0.value)) }
    }

    /// - Throws: ``Problem`` when there is a parameter that is not among those known: a misspelt filter must not be none.
    func checkNames(_ known: [String]) throws(Problem) {
        for (escapedName, _) in pairs where !known.contains(String(escapedName)) {
            let name = escapedName.removingPercentEncoding ?? String(escapedName)
            let near = NearestNames.question(NearestNames.find(name, in: known)).map { " (\($0))" } ?? ""
            let taken = known.isEmpty ? "none is taken here" : "those taken here: \(known.joined(separator: ", "))"
            throw Problem(
                .badRequest, "unknown_parameter", "There is no query parameter '\(name.prefix(64))'\(near); \(taken).")
        }
    }

    /// The first value of that name, its escapes resolved.
    subscript(name: String) -> String? {
        guard let value = pairs.first(where: { $0.name == name })?.value else { return nil }
        // Most values have none, and looking is much cheaper than resolving.
        guard value.utf8.contains(UInt8(ascii: "%")) else { return String(value) }
        return value.removingPercentEncoding ?? String(value)
    }
}
