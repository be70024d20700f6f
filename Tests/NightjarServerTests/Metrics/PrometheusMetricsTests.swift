import Metrics
@testable import NightjarServer
import Testing

@Suite struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics()

    @Test func countersAndGauges() {
        Counter(label: "b_total", dimensions: [("state", "done")], factory: metrics).increment(by: 2)
        Counter(label: "b_total", dimensions: [("state", "failed")], factory: metrics).increment()
        Counter(label: "b_total", dimensions: [("state", "done")], factory: metrics).increment()
        Gauge(label: "a", factory: metrics).record(1.5)
        let meter = Meter(label: "c", factory: metrics)
        meter.increment(by: 3.0)
        meter.decrement(by: 1.0)
        #expect(
            metrics.exposition() == """
                # TYPE a gauge
                a 1.5
                # TYPE b_total counter
                b_total{state="done"} 3
                b_total{state="failed"} 1
                # TYPE c gauge
                c 2

                """)
    }

    @Test func timersAreHistogramsInSeconds() {
        let timer = Metrics.Timer(label: "t_seconds", dimensions: [("k", "v")], factory: metrics)
        timer.recordNanoseconds(1_000_000)
        timer.recordNanoseconds(250_000_000)
        timer.recordNanoseconds(1_000_000_000_000)
        let text = metrics.exposition()
        #expect(text.hasPrefix("# TYPE t_seconds histogram\nt_seconds_bucket{k=\"v\",le=\"0.001\"} 1\n"))
        #expect(text.contains("t_seconds_bucket{k=\"v\",le=\"0.25\"} 2\n"))
        #expect(text.contains("t_seconds_bucket{k=\"v\",le=\"300\"} 2\n"))
        #expect(text.contains("t_seconds_bucket{k=\"v\",le=\"+Inf\"} 3\n"))
        #expect(text.contains("t_seconds_sum{k=\"v\"} 1000.251\n"))
        #expect(text.hasSuffix("t_seconds_count{k=\"v\"} 3\n"))
    }

    @Test func namesAndLabelsAreEscaped() {
        Counter(label: "1.odd-name", dimensions: [("a.b", "x\"\\\ny")], factory: metrics).increment()
        #expect(metrics.exposition() == "# TYPE _1_odd_name counter\n_1_odd_name{a_b=\"x\\\"\\\\\\ny\"} 1\n")
    }

    @Test func destroyedMetricsAreGone() {
        let counter = Counter(label: "gone", factory: metrics)
        counter.increment()
        counter.destroy()
        #expect(metrics.exposition().isEmpty)
    }

    @Test func seriesAreBounded() {
        for number in 0..<PrometheusMetrics.seriesMax + 10 {
            Counter(label: "many", dimensions: [("n", "\(number)")], factory: metrics).increment()
        }
        let series = metrics.exposition().split(separator: "\n").count { $0.hasPrefix("many{") }
        #expect(series == PrometheusMetrics.seriesMax)
    }

    @Test func nothingIsLostBetweenTasks() async {
        let counter = Counter(label: "shared", factory: metrics)
        let meter = Meter(label: "level", factory: metrics)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 {
                        counter.increment()
                        meter.increment()
                    }
                }
            }
        }
        #expect(metrics.exposition().contains("shared 8000\n"))
        #expect(metrics.exposition().contains("level 8000\n"))
    }
}
