/// What is wrong with a `platform "webhook" { … }` declaration.
public struct WebhookOptionsError: Error, Sendable, Equatable, CustomStringConvertible {
    public var description: String

    init(_ description: String) {
        self.description = description
    }
}
