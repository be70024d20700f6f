import NightjarEngine
import Synchronization

/// The text of the `Date` header, made once a second.
final class DateHeader: Sendable {
    private let current = Mutex<(second: Int64, text: String)>((.min, ""))

    func text(at now: Timestamp) -> String {
        current.withLock { current in
            let second = now.milliseconds / 1000
            if current.second != second { current = (second, CivilTime(now).httpDate) }
            return current.text
        }
    }
}
