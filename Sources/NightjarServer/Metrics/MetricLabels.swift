/// The labels of one series as they are shown: `state="failed",agent="a"`.
struct MetricLabels: Hashable, Sendable, Comparable {
    let text: String

    init(_ dimensions: [(String, String)]) {
        text = dimensions.map { "\(MetricName.sanitized($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    }

    /// With one label more at the end, in braces; nothing at all when there are none.
    func shown(with label: String? = nil) -> String {
        let all = [text, label ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
        return all.isEmpty ? "" : "{\(all)}"
    }

    static func < (left: MetricLabels, right: MetricLabels) -> Bool { left.text < right.text }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
