extension StubGenerator {
    static func writeDeclarations(to writer: inout StubWriter) {
        for part in DeclaredTable.allCases {
            writeClass(LuaTypeText.className(of: part), part.declaration.summary, part.declaration.fields, to: &writer)
        }
        for kind in Declaration.kinds {
            let members = Declaration.all.filter { $0.kind == kind }
            for member in members where member.form.hasOwnTable {
                writeClass(LuaTypeText.className(of: member), member.summary, member.fields, to: &writer)
            }
            writeFunction(kind, members, to: &writer)
        }
    }

    private static func writeClass(_ name: String, _ summary: String, _ fields: [FieldSchema], to writer: inout StubWriter) {
        for field in fields {
            if case .table(let nested) = field.type {
                writeClass(LuaTypeText.nestedName(field.key, owner: name), field.summary, nested, to: &writer)
            }
        }
        writer.classHead(name, summary)
        for field in fields {
            let type = LuaTypeText.text(of: field.type, key: field.key, owner: name)
            let summary = field.defaultText.map { "\(field.summary) (default: \($0))" } ?? field.summary
            writer.field(field.key, isOptional: !field.isRequired, type: type, summary)
        }
        writer.line()
    }

    /// - Parameter members: of one kind; more than one are told apart by name or by a key.
    private static func writeFunction(_ kind: String, _ members: [Declaration], to writer: inout StubWriter) {
        guard let first = members.first else { return }
        writer.comment(members.count == 1 ? first.summary : members.map { "\($0.variant ?? ""): \($0.summary)" }.joined(separator: ". "))
        let classes = members.map(LuaTypeText.className).joined(separator: "|")
        switch first.form {
        case .table:
            writer.line("---@param options \(classes)")
            writer.line("function \(kind)(options) end")
        case .named(let rule):
            let name = LuaTypeText.text(of: rule.type, key: "name", owner: "")
            writer.line("---@param name \(name)")
            writer.line("---@param options \(classes)")
            for overload in overloads(of: members, rule) { writer.line("---@overload \(overload)") }
            writer.line("function \(kind)(name, options) end")
        case .positional(let arguments):
            for argument in arguments {
                let type = LuaTypeText.text(of: argument.type, key: argument.key, owner: "")
                writer.parameter(argument.key, isOptional: !argument.isRequired, type: type, argument.summary)
            }
            writer.line("function \(kind)(\(arguments.map(\.key).joined(separator: ", "))) end")
        case .part: break
        }
        writer.line()
    }

    /// What makes `agent "x" { … }` complete: the call with the name alone, which returns what takes the table.
    private static func overloads(of members: [Declaration], _ rule: NameRule) -> [String] {
        if case .oneOf = rule, members.count > 1 {
            return members.map { "fun(name: \"\($0.variant ?? "")\"): fun(options: \(LuaTypeText.className(of: $0)))" }
        }
        let classes = members.map(LuaTypeText.className).joined(separator: "|")
        return ["fun(name: \(LuaTypeText.text(of: rule.type, key: "name", owner: ""))): fun(options: \(classes))"]
    }
}

extension NameRule {
    /// The rule as the type of an argument.
    var type: FieldType {
        switch self {
        case .word, .command: .text
        case .oneOf(let names): .choice(names)
        }
    }
}

extension DeclarationForm {
    /// Those with arguments by position share their table with others.
    var hasOwnTable: Bool {
        switch self {
        case .table, .named: true
        case .positional, .part: false
        }
    }
}
