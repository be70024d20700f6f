/// Why something is no update of Telegram's.
struct TelegramUpdateError: Error, Sendable, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }

    /// - Parameter error: the decoder's, of which only the place is told and never the content.
    init(_ error: any Error) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context): description = "\(Self.path(context, key)) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): description = "\(Self.path(context)) has the wrong type"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty: description = "\(Self.path(context)) has a wrong value"
        default: description = "it is no JSON"
        }
    }

    private static func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
        let path = (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "the whole" : path
    }
}
