/// Why a text is not JSON, and where.
package struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    package let problem: String
    /// Counted from 1.
    package let line: Int
    /// Counted from 1, in bytes of UTF-8.
    package let column: Int

    package var description: String { "invalid JSON: line \(line), column \(column): \(problem)" }
}
