import Foundation
import NightjarEngine

/// One measured figure.
struct Figure {
    var name: String
    var value: Double
    var unit: String
    /// What it is held against, measured in the same run.
    var reference: (name: String, value: Double)?
    /// Further values of the same measurement.
    var details: [String: Double] = [:]

    func print() {
        var object: [String: JSONValue] = [
            "figure": .string(name), "value": .number(Self.rounded(value)), "unit": .string(unit),
        ]
        if let reference {
            object["reference"] = .string(reference.name)
            object["reference_value"] = .number(Self.rounded(reference.value))
            object["ratio"] = .number(Self.rounded(value / reference.value))
        }
        for (key, detail) in details { object[key] = .number(Self.rounded(detail)) }
        FileHandle.standardOutput.write(Data((JSONValue.object(object).text + "\n").utf8))
    }

    /// Four digits say more than the machine knows.
    private static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return 0 }
        let scale = pow(10, 3 - floor(log10(abs(value))))
        return (value * scale).rounded() / scale
    }
}
