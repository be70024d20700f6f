package import LuaRuntime

/// Declarations of one kind that take different tables: platforms by their name, models by their provider.
package struct DeclarationFamily: Sendable {
    package enum Selector: Sendable, Equatable {
        /// The declaration's name is the variant.
        case name
        /// A key of the table says the variant.
        case key(String)
    }

    package let selector: Selector
    package let members: [Declaration]

    init(selector: Selector, members: [Declaration]) {
        self.selector = selector
        self.members = members
    }

    package var variants: [String] { members.compactMap(\.variant) }

    package func member(_ variant: String) -> Declaration? { members.first { $0.variant == variant } }

    /// Checks a table as the member it belongs to. When that cannot be told, what can be checked without is.
    package func validate(_ table: LuaTable, at site: DeclarationSite) -> ValidationResult {
        switch selector {
        case .name:
            guard let name = site.name, let member = member(name) else {
                let message = members.first.flatMap { $0.nameProblem(site.name ?? "") } ?? "unknown \(site.kind)"
                return ValidationResult(values: FieldValues(), problems: [site.problem(message)])
            }
            return SchemaValidator.validate(table, as: member, at: site)
        case .key(let key):
            guard let variant = table[.string(key)].stringValue, let member = member(variant) else {
                return SchemaValidator.validate(table, as: union(selectedBy: key), at: site)
            }
            return SchemaValidator.validate(table, as: member, at: site, hints: hints(beside: member, key: key))
        }
    }

    /// All keys of all members, none but the selector required.
    private func union(selectedBy key: String) -> Declaration {
        var fields = [
            FieldSchema(key, .choice(variants), required: true, members.first?.field(key)?.summary ?? "")
        ]
        for field in members.flatMap(\.fields) where !fields.contains(where: { $0.key == field.key }) {
            fields.append(field.optional)
        }
        return Declaration(members.first?.kind ?? "", form: .part, summary: "", fields: fields)
    }

    /// What to say of keys that belong to other members.
    private func hints(beside member: Declaration, key: String) -> [String: String] {
        var owners: [String: [String]] = [:]
        for other in members {
            for field in other.fields where member.field(field.key) == nil {
                owners[field.key, default: []].append(other.variant ?? "")
            }
        }
        return owners.mapValues { "it is for \(key) = \(Quoted.choice($0, mark: "\""))" }
    }
}
