import LuaRuntime
import NightjarEngine

extension SchemaValidator {
    mutating func integer(_ value: LuaValue, _ range: ClosedRange<Int64>, at path: FieldPath) -> Int64? {
        if let number = value.integerValue, range.contains(number) { return number }
        report(value, isNot: FieldType.integer(range).expectation, at: path)
        return nil
    }

    mutating func number(_ value: LuaValue, _ range: ClosedRange<Double>, at path: FieldPath) -> Double? {
        if let number = value.numberValue, number.isFinite, range.contains(number) { return number }
        report(value, isNot: FieldType.number(range).expectation, at: path)
        return nil
    }

    mutating func duration(_ value: LuaValue, _ rule: DurationRule, at path: FieldPath) -> Duration? {
        do {
            let duration: Duration
            if let text = value.stringValue {
                duration = try DurationText.parse(text)
            } else if let seconds = value.numberValue {
                duration = try DurationText.seconds(seconds)
            } else {
                report(value, isNot: FieldType.duration(rule).expectation, at: path)
                return nil
            }
            guard let problem = rule.problem(with: duration) else { return duration }
            report("'\(path)' \(problem)", at: path)
        } catch {
            report("'\(path)' is not a duration: \(Quoted.printable(error.message.unicodeScalars))", at: path)
        }
        return nil
    }

    mutating func timestamp(_ value: LuaValue, at path: FieldPath) -> Timestamp? {
        if let text = value.stringValue, let moment = ISO8601Text.parse(text) { return moment }
        report(value, isNot: FieldType.timestamp.expectation, at: path)
        return nil
    }

    /// Data that JSON has text for.
    mutating func json(_ value: LuaValue, at path: FieldPath) -> JSONValue? {
        do {
            return try JSONValue(lua: value, root: "'\(path)'")
        } catch {
            report("\(Quoted.printable(error.message.unicodeScalars)); give \(FieldType.json.expectation)", at: path)
            return nil
        }
    }
}
