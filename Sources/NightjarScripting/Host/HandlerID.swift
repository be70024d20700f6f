/// The name of a declared function within its generation: the same in every interpreter that evaluates the same sources.
package struct HandlerID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Parameters:
    ///   - kind: the declaration's function, such as `command`.
    ///   - name: the declaration's own name, or its number where it has none.
    ///   - key: the key in its table, `run` where the function is an argument.
    package init(_ kind: String, _ name: String, _ key: String = "run") {
        description = "\(kind)/\(name)/\(key)"
    }
}
