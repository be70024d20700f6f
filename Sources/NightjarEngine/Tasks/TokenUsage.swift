/// Tokens a model has read and written.
public struct TokenUsage: Codable, Sendable, Hashable {
    public var input: Int
    public var output: Int

    public init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }

    public static let zero = TokenUsage()

    public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        TokenUsage(input: left.input + right.input, output: left.output + right.output)
    }

    public static func += (left: inout TokenUsage, right: TokenUsage) {
        left = left + right
    }
}
