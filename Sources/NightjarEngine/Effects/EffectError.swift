/// Why an effect that a script asked for did not happen.
public struct EffectError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable word: `timeout`, `connection`, `invalid_url`, `too_large`, `not_found`,
    /// `denied`, `too_many_redirects`, `failed`.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
