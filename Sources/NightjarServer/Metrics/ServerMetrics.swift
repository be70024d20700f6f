import Metrics

/// What the server counts about itself.
struct ServerMetrics: Sendable {
    /// By the first digit of the status.
    private let responses: [Counter]

    init(_ factory: any MetricsFactory) {
        responses = (1...5).map {
            Counter(label: "nightjar_http_responses_total", dimensions: [("class", "\($0)xx")], factory: factory)
        }
    }

    func answered(_ status: Int) {
        responses[min(max(status / 100, 1), 5) - 1].increment()
    }
}
