public import Metrics
import Synchronization

/// A backend of swift-metrics that shows everything in Prometheus's text format.
///
/// Give it to `MetricsSystem.bootstrap` before anything that counts is made, and to the server, which serves it at `/metrics`.
/// The same name with the same labels is the same metric, however often it is made. Timers and recorders become histograms.
public final class PrometheusMetrics: MetricsFactory {
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    /// Series in all; one made beyond it counts for nobody. Labels are meant to have few values, and this catches those that do not.
    public static let seriesMax = 2_000

    private let registry = Mutex(MetricRegistry())

    public init() {}

    /// All metrics in the text format (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format), sorted by name.
    public func exposition() -> String {
        MetricExposition.text(of: registry.withLock(\.families))
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        make(label, dimensions, .counter, MetricCounter.init)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        make(label, dimensions, .gauge, MetricGauge.init)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return make(label, dimensions, .gauge, MetricGauge.init) }
        return make(label, dimensions, .histogram) { MetricHistogram(bounds: MetricHistogram.sizeBounds) }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        make(label, dimensions, .histogram) { MetricHistogram(bounds: MetricHistogram.secondsBounds) }
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func make<Handler: AnyObject & Sendable>(
        _ label: String, _ dimensions: [(String, String)], _ kind: MetricFamily.Kind, _ make: () -> Handler
    ) -> Handler {
        registry.withLock { $0.handler(MetricName.sanitized(label), MetricLabels(dimensions), kind, make) }
    }

    private func remove(_ handler: AnyObject) {
        registry.withLock { $0.remove(handler) }
    }
}
