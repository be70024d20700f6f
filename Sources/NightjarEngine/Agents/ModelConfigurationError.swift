/// A model's declaration that cannot work. The message says what to write instead; the caller adds the model's name and place.
public struct ModelConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key of ``ModelOptions``, in the spelling of the scripts, or `provider`.
    public var key: String
    public var message: String

    public init(key: String, message: String) {
        self.key = key
        self.message = message
    }

    public var description: String { message }
}
