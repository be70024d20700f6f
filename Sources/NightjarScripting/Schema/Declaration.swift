/// One kind of declaration: how it is called, and the table it takes.
package struct Declaration: Sendable, Equatable {
    /// The global's name: `agent`.
    package let kind: String
    /// Tells members of one kind apart: the platform's name, the model's provider.
    package let variant: String?
    /// One line for people, without the full stop.
    package let summary: String
    package let since: String
    package let form: DeclarationForm
    package let fields: [FieldSchema]

    package init(
        _ kind: String, variant: String? = nil, since: String = "1.0", form: DeclarationForm, summary: String,
        fields: [FieldSchema] = []
    ) {
        self.kind = kind
        self.variant = variant
        self.summary = summary
        self.since = since
        self.form = form
        self.fields = fields
    }

    package func field(_ key: String) -> FieldSchema? { fields.first { $0.key == key } }
}

extension Declaration {
    /// What is wrong with a declaration's name, as a message; nil when it is fine or the kind has none.
    package func nameProblem(_ name: String) -> String? {
        guard case .named(let rule) = form else { return nil }
        return rule.problem(with: name, kind: kind)
    }

    /// The arguments that are given by position; empty for other forms.
    package var arguments: [FieldSchema] {
        if case .positional(let arguments) = form { arguments } else { [] }
    }
}
