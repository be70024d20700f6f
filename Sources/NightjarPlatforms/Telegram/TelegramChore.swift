import NightjarEngine

/// A small call that nothing depends on.
struct TelegramChore: Sendable, Equatable {
    var method: String
    var parameters: [String: JSONValue]
}
