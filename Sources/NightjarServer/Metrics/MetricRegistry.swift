/// The metrics that exist.
struct MetricRegistry {
    private(set) var families: [String: MetricFamily] = [:]
    private var seriesCount = 0

    /// The metric of that name and labels, made if it is new.
    ///
    /// One that is over the limit, or whose name is another kind of metric already, is made too, but nobody sees it: a mistake in
    /// counting must not stop what is counted.
    mutating func handler<Handler: AnyObject & Sendable>(
        _ name: String, _ labels: MetricLabels, _ kind: MetricFamily.Kind, _ make: () -> Handler
    ) -> Handler {
        if let known = families[name]?.series[labels] as? Handler { return known }
        let handler = make()
        guard seriesCount < PrometheusMetrics.seriesMax, families[name].map({ $0.kind == kind }) ?? true else { return handler }
        families[name, default: MetricFamily(kind: kind)].series[labels] = handler
        seriesCount += 1
        return handler
    }

    mutating func remove(_ handler: AnyObject) {
        for (name, family) in families {
            guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
            families[name]?.series[labels] = nil
            if families[name]?.series.isEmpty == true { families[name] = nil }
            seriesCount -= 1
            return
        }
    }
}
