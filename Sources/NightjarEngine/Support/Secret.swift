/// Text that must not be seen: a token, a password, a signing key.
///
/// It prints as `••••`, whatever prints it, and is not `Codable`, so it cannot reach a log, an error, a reply or the store by accident.
/// Only ``reveal()`` gives the text, at the one place that sends or compares it.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    public init(_ value: String) {
        self.value = value
    }

    /// The text itself. Call it where the secret is used, and keep nothing.
    public func reveal() -> String { value }

    public var isEmpty: Bool { value.isEmpty }
    public var description: String { "••••" }
    public var debugDescription: String { "••••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
