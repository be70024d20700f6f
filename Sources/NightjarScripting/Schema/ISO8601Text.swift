import Foundation
import NightjarEngine

/// Moments as people write them: `2026-12-24T18:00:00Z`, with or without a fraction, in UTC or with an offset.
enum ISO8601Text {
    /// Longer texts are no dates.
    private static let lengthMax = 40

    static func parse(_ text: String) -> Timestamp? {
        guard text.utf8.count <= lengthMax, text.wholeMatch(of: shape) != nil else { return nil }
        for fraction in [false, true] {
            if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: fraction).parse(text) {
                return isInCalendar(text, Timestamp(date)) ? Timestamp(date) : nil
            }
        }
        return nil
    }

    /// Foundation stops reading where the date ends, so that what follows must be looked at here. An offset is required: the local time
    /// of whatever machine the engine runs on is nobody's meaning.
    private static var shape: Regex<Substring> { /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})/ }

    /// Foundation reads the 30th of February as a day in March. Written again in the same offset, a real moment has the same text.
    private static func isInCalendar(_ text: String, _ moment: Timestamp) -> Bool {
        let local = text.prefix(19)
        guard text.last != "Z" else { return moment.iso8601.prefix(19) == local }
        let zone = text.suffix(6)
        guard let hours = Int(zone.dropFirst().prefix(2)), let minutes = Int(zone.suffix(2)), hours < 24, minutes < 60 else { return false }
        let offset = Duration.seconds((hours * 60 + minutes) * 60)
        return (zone.first == "-" ? moment - offset : moment + offset).iso8601.prefix(19) == local
    }
}
