/// Prometheus's text format, version 0.0.4 (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
enum MetricExposition {
    static func text(of families: [String: MetricFamily]) -> String {
        var lines: [String] = []
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            lines.append("# TYPE \(name) \(family.kind.rawValue)")
            for (labels, handler) in family.series.sorted(by: { $0.key < $1.key }) {
                switch handler {
                case let counter as MetricCounter: lines.append("\(name)\(labels.shown()) \(counter.value)")
                case let gauge as MetricGauge: lines.append("\(name)\(labels.shown()) \(number(gauge.value))")
                case let histogram as MetricHistogram: lines += self.lines(of: histogram, name, labels)
                default: break
                }
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(of histogram: MetricHistogram, _ name: String, _ labels: MetricLabels) -> [String] {
        let snapshot = histogram.snapshot
        var below: UInt64 = 0
        var lines = zip(histogram.bounds, snapshot.counts).map { bound, count in
            below += count
            return "\(name)_bucket\(labels.shown(with: "le=\"\(number(bound))\"")) \(below)"
        }
        lines.append("\(name)_bucket\(labels.shown(with: "le=\"+Inf\"")) \(snapshot.total)")
        lines.append("\(name)_sum\(labels.shown()) \(number(snapshot.sum))")
        lines.append("\(name)_count\(labels.shown()) \(snapshot.total)")
        return lines
    }

    /// Whole numbers without a fraction, the rest as Swift writes it; infinities as the format wants them.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
