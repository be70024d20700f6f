/// How a declaration is called.
package enum DeclarationForm: Sendable, Equatable {
    /// `settings { … }`
    case table
    /// `agent "name" { … }` and `agent("name", { … })`
    case named(NameRule)
    /// `hook("pre_task", function(ctx) … end)`: arguments by position. One called `options` may be a name or the table.
    case positional([FieldSchema])
    /// A table inside another declaration.
    case part
}
