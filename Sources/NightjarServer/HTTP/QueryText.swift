import Foundation

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

    /// The first value of that name, its escapes resolved.
    subscript(name: String) -> String? {
        pairs.first { $0.name == name }.map { $0.value.removingPercentEncoding ?? String($0.value) }
    }
}
