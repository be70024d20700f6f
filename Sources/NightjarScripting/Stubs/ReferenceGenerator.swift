/// Writes the reference of the Lua API, from the same descriptions that check the scripts.
public enum ReferenceGenerator {
    /// The whole reference as one page of Markdown.
    public static func markdown() -> String {
        var lines = ["# The Lua API", "", "## Declarations", "", "They are recorded while scripts load; nothing happens then.", ""]
        for declaration in Declaration.all { lines += section(of: declaration) }
        for part in Declaration.parts { lines += section(of: part) }
        lines += ["## In handlers", ""]
        for module in ApiModule.all { lines += section(of: module) }
        return lines.joined(separator: "\n")
    }

    // MARK: Declarations

    private static func section(of declaration: Declaration) -> [String] {
        var lines = ["### \(title(of: declaration))", "", "\(declaration.summary). Since \(declaration.since).", ""]
        lines += ["```lua", usage(of: declaration), "```", ""]
        if !declaration.arguments.isEmpty { lines += table(of: declaration.arguments, heading: "argument") }
        // The options that triggers share have a section of their own.
        if declaration.arguments.isEmpty { lines += table(of: declaration.fields, heading: "key") }
        return lines
    }

    private static func title(of declaration: Declaration) -> String {
        "`\(declaration.kind)`" + (declaration.variant.map { ": \($0)" } ?? "")
    }

    private static func usage(of declaration: Declaration) -> String {
        switch declaration.form {
        case .table: "\(declaration.kind) { … }"
        case .named(.oneOf): "\(declaration.kind) \"\(declaration.variant ?? "webhook")\" { … }"
        case .named: "\(declaration.kind) \"name\" { … }"
        case .positional(let arguments): "\(declaration.kind)(\(arguments.map(\.key).joined(separator: ", ")))"
        case .part: "{ … }"
        }
    }

    private static func table(of fields: [FieldSchema], heading: String) -> [String] {
        guard !fields.isEmpty else { return [] }
        let head = ["| \(heading) | what it is | default | |", "|---|---|---|---|"]
        return head + fields.flatMap { rows(of: $0, prefix: "") } + [""]
    }

    private static func rows(of field: FieldSchema, prefix: String) -> [String] {
        let fallback = field.isRequired ? "required" : field.defaultText.map { "`\($0)`" } ?? ""
        let row = ["`\(prefix)\(field.key)`", field.type.expectation, fallback, field.summary].map(cell)
        let own = "| \(row.joined(separator: " | ")) |"
        guard case .table(let nested) = field.type else { return [own] }
        return [own] + nested.flatMap { rows(of: $0, prefix: "\(prefix)\(field.key).") }
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    // MARK: Functions

    private static func section(of module: ApiModule) -> [String] {
        var lines = ["### `\(module.name)`", "", "\(module.summary).", ""]
        for constant in module.constants { lines += ["- `\(module.name).\(constant.name)`: \(constant.summary)."] }
        let prefix = module.place == .table ? "\(module.name)." : ""
        lines += module.functions.flatMap { items(of: $0, prefix: prefix) }
        if !module.functions.isEmpty { lines.append("") }
        for type in module.classes { lines += section(of: type) }
        return lines
    }

    private static func section(of type: ApiClass) -> [String] {
        var lines = ["#### \(type.name)", "", "\(type.summary).", ""]
        if !type.fields.isEmpty {
            lines += ["| field | type | |", "|---|---|---|"]
            lines += type.fields.map { field in
                let row = ["`\(field.name)`", "`\(field.type)\(field.isOptional ? "?" : "")`", field.summary].map(cell)
                return "| \(row.joined(separator: " | ")) |"
            }
            lines.append("")
        }
        lines += type.methods.flatMap { items(of: $0, prefix: ":") }
        return type.methods.isEmpty ? lines : lines + [""]
    }

    private static func items(of function: ApiFunction, prefix: String) -> [String] {
        let returns = function.returns.isEmpty ? "" : " → `\(function.returns.joined(separator: ", "))`"
        let own = "- `\(prefix)\(function.signature)`\(returns): \(function.summary). Since \(function.since)."
        return [own] + function.parameters.map { "  - `\($0.name)\($0.isOptional ? "?" : "")` (`\($0.type)`): \($0.summary)." }
    }
}
