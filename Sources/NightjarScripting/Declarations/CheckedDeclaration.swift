/// A declaration whose own table is in order; whether what it refers to exists is not known yet.
struct CheckedDeclaration {
    var kind: String
    /// Empty for what has no name: `settings`, `on_message`, `hook`.
    var name: String
    var site: DeclarationSite
    var values: FieldValues
    /// Arguments by position, by the names of their fields.
    var arguments: FieldValues
}
