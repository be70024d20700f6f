extension TriggerSchedule: CustomStringConvertible {
    /// In words: `every 5m`, `after 10m`, `at 2026-12-24T18:00:00.000Z`.
    public var description: String {
        switch self {
        case .every(let period): "every \(Self.words(period))"
        case .after(let delay): "after \(Self.words(delay))"
        case .at(let moment): "at \(moment.iso8601)"
        }
    }

    /// As scripts write a duration: `1h30m`, `250ms`.
    private static func words(_ duration: Duration) -> String {
        var rest = duration.wholeMilliseconds
        var words = ""
        for (unit, length) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] as [(String, Int64)] {
            if rest >= length { words += "\(rest / length)\(unit)" }
            rest %= length
        }
        return words.isEmpty ? "0s" : words
    }
}
