import NightjarEngine

/// The way back to a message: what an answer quotes, and what is marked as read.
struct WhatsAppRoute: Equatable {
    var message: String

    /// As the engine keeps it.
    var text: String { JSONValue.object(["message": .string(message)]).text }

    init(message: String) {
        self.message = message
    }

    /// - Returns: nil when there is no message to go back to.
    init?(_ text: String?) {
        guard let text, let value = try? JSONValue(parsing: text), let message = value["message"]?.string else { return nil }
        self.message = message
    }
}
