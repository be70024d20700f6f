/// All series of one name.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    var kind: Kind
    var series: [MetricLabels: any AnyObject & Sendable] = [:]
}
