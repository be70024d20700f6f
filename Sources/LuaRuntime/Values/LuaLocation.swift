/// A place in a script.
public struct LuaLocation: Sendable, Hashable, CustomStringConvertible {
    /// The name the chunk was loaded under, usually a path.
    public let source: String
    /// Counted from 1.
    public let line: Int

    public init(source: String, line: Int) {
        self.source = source
        self.line = line
    }

    public var description: String { "\(source):\(line)" }
}
