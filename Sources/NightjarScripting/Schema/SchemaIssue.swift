/// A problem inside a declaration's table, before its line is known.
package struct SchemaIssue: Sendable, Equatable {
    package let path: FieldPath
    package let message: String
}
