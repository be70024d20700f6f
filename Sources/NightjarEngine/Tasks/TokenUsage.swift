/// Tokens a model has read and written. Sums stop at the largest number: the figures are a provider's, or a script's.
public struct TokenUsage: Codable, Sendable, Hashable {
    public var input: Int
    public var output: Int

    public init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }

    public static let zero = TokenUsage()

    public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        TokenUsage(input: sum(left.input, right.input), output: sum(left.output, right.output))
    }

    /// - Returns: the sum of what is not negative.
    public static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, isTooLarge) = max(left, 0).addingReportingOverflow(max(right, 0))
        return isTooLarge ? .max : sum
    }

    public static func += (left: inout TokenUsage, right: TokenUsage) {
        left = left + right
    }
}
