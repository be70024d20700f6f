import NightjarEngine

/// The way back to a person's message: which one an answer quotes.
struct TelegramRoute: Sendable, Equatable {
    var message: Int64

    init(message: Int64) {
        self.message = message
    }

    /// - Parameter text: a message's `replyRoute`.
    /// - Returns: nil when it is no route of Telegram's.
    init?(_ text: String?) {
        guard let text, let route = try? JSONValue(parsing: text), let message = route["message"]?.integer else { return nil }
        self.message = message
    }

    var text: String { JSONValue.object(["message": .integer(message)]).text }
}
