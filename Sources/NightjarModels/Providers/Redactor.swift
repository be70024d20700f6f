import Foundation
import NightjarEngine

/// Takes a request's secrets out of text that others wrote, and bounds it: providers quote the key they refuse.
struct Redactor: Sendable {
    /// Shorter values are not searched for: they would blank out ordinary words.
    private static let secretCharactersMin = 6

    private let secrets: [Secret]

    init(_ secrets: [Secret]) {
        // Longest first, so that a secret that contains another goes whole.
        self.secrets = secrets.filter { $0.reveal().count >= Self.secretCharactersMin }
            .sorted { $0.reveal().count > $1.reveal().count }
    }

    func redact(_ text: String, charactersMax: Int = ModelLimits.errorMessageCharactersMax) -> String {
        var result = text
        for secret in secrets {
            result = result.replacingOccurrences(of: secret.reveal(), with: secret.description)
        }
        result = result.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return result.count > charactersMax ? result.prefix(charactersMax - 1) + "…" : result
    }
}
