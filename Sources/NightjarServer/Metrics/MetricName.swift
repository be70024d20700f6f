/// Names of metrics and labels as Prometheus takes them: `[a-zA-Z_][a-zA-Z0-9_]*`.
enum MetricName {
    /// Everything else becomes an underscore.
    static func sanitized(_ name: String) -> String {
        let result = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        return result.first?.isNumber ?? true ? "_" + result : result
    }
}
