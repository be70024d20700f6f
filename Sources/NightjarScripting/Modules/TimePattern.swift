import Foundation
import LuaRuntime
import NightjarEngine

/// A date in the letters of C's `strftime`, those that do not depend on a language: `%Y %m %d %H %M %S %z %%`.
struct TimePattern {
    private let pattern: String
    private let zone: TimeZone

    /// - Parameter zone: a name such as `Europe/Berlin`; nil is UTC.
    /// - Throws: `LuaHostError`
    init(_ pattern: String, zone: LuaValue) throws(LuaHostError) {
        self.pattern = pattern
        if zone.isNil {
            self.zone = .gmt
        } else if let known = zone.stringValue.flatMap(TimeZone.init(identifier:)) {
            self.zone = known
        } else {
            throw .badArgument("time.format", "unknown time zone \"\(zone.stringValue ?? zone.typeName)\"; write one like \"Europe/Berlin\"")
        }
    }

    /// - Throws: `LuaHostError` when the pattern has another letter.
    func text(of moment: Timestamp) throws(LuaHostError) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment.date)
        var text = ""
        var letters = pattern.makeIterator()
        while let letter = letters.next() {
            guard letter == "%" else {
                text.append(letter)
                continue
            }
            switch letters.next() {
            case "Y": text += Self.padded(parts.year, 4)
            case "m": text += Self.padded(parts.month, 2)
            case "d": text += Self.padded(parts.day, 2)
            case "H": text += Self.padded(parts.hour, 2)
            case "M": text += Self.padded(parts.minute, 2)
            case "S": text += Self.padded(parts.second, 2)
            case "z": text += Self.offset(zone.secondsFromGMT(for: moment.date))
            case "%": text += "%"
            case let other:
                throw .badArgument("time.format", "unknown '%\(other.map(String.init) ?? "")' (there are %Y %m %d %H %M %S %z %%)")
            }
        }
        return text
    }

    private static func padded(_ number: Int?, _ width: Int) -> String {
        let digits = String(number ?? 0)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        return (seconds < 0 ? "-" : "+") + padded(minutes / 60, 2) + padded(minutes % 60, 2)
    }
}
