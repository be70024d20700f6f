import Foundation
import NightjarEngine

extension JSONValue {
    /// JSON text for people: indented, its keys sorted, with a line end.
    var readableText: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else { return text + "\n" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
