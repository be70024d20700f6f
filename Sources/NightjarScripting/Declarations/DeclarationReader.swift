import LuaRuntime
import NightjarEngine

/// Holds recorded declarations against their schemas.
struct DeclarationReader {
    private let indexes: [String: SourceIndex]
    private(set) var problems: [ScriptProblem] = []
    private(set) var declarations: [CheckedDeclaration] = []
    /// Where each name was first declared, by kind.
    private var places: [String: [String: LuaLocation]] = [:]

    /// Kinds whose names share one space: a trigger's name is unique whatever its schedule.
    private static let nameSpaces = ["every": "trigger", "after": "trigger", "at": "trigger", "on_webhook": "trigger"]

    init(indexes: [String: SourceIndex]) {
        self.indexes = indexes
    }

    /// - Parameter failedFiles: did not run to their end, so a declaration that they began is not their author's mistake.
    mutating func read(_ recorder: LoadRecorder, failedFiles: Set<String>) {
        for declaration in recorder.declarations { read(declaration) }
        for declaration in recorder.unfinished where !failedFiles.contains(declaration.location?.source ?? "") {
            let site = site(declaration, name: declaration.arguments.first?.stringValue)
            problems.append(site.problem("has no table; write \(declaration.kind) \"name\" { … }"))
        }
    }

    private mutating func read(_ recorded: LoadRecorder.Declaration) {
        if let message = NotThereYet.message(forGlobal: recorded.kind) {
            problems.append(site(recorded, name: nil).problem(message))
            return
        }
        let family = Self.families[recorded.kind]
        guard let schema = Declaration.all.first(where: { $0.kind == recorded.kind }) else { return }
        switch schema.form {
        case .table: readTable(recorded, schema)
        case .named: readNamed(recorded, schema, family)
        case .positional(let fields): readPositional(recorded, schema, fields)
        case .part: break
        }
    }

    private static let families: [String: DeclarationFamily] = ["platform": .platform, "model": .model]

    private mutating func readTable(_ recorded: LoadRecorder.Declaration, _ schema: Declaration) {
        let site = site(recorded, name: nil)
        guard let table = recorded.arguments.first?.tableValue, recorded.arguments.count == 1 else {
            problems.append(site.problem("takes one table; write \(recorded.kind) { … }"))
            return
        }
        accept(recorded.kind, "", site, SchemaValidator.validate(table, as: schema, at: site), FieldValues())
    }

    private mutating func readNamed(_ recorded: LoadRecorder.Declaration, _ schema: Declaration, _ family: DeclarationFamily?) {
        guard let name = recorded.arguments.first?.stringValue else {
            problems.append(site(recorded, name: nil).problem("the name must be text; write \(recorded.kind) \"name\" { … }"))
            return
        }
        let site = site(recorded, name: name)
        if case .named(let rule) = schema.form, let problem = rule.problem(with: name, kind: recorded.kind) {
            problems.append(site.problem(problem))
            return
        }
        guard recorded.arguments.count == 2, let table = recorded.arguments[1].tableValue else {
            problems.append(site.problem("takes a name and one table; write \(recorded.kind) \"\(name)\" { … }"))
            return
        }
        let result = family?.validate(table, at: site) ?? SchemaValidator.validate(table, as: schema, at: site)
        accept(recorded.kind, name, site, result, FieldValues())
    }

    private mutating func readPositional(_ recorded: LoadRecorder.Declaration, _ schema: Declaration, _ fields: [FieldSchema]) {
        var site = site(recorded, name: nil)
        if let name = Self.name(amongst: recorded.arguments, fields) {
            site = self.site(recorded, name: name)
        }
        if let problem = Self.missingName(recorded, fields) {
            problems.append(site.problem(problem))
            return
        }
        var arguments = FieldValues()
        var found: [ScriptProblem] = []
        for (position, field) in fields.enumerated() {
            let value = recorded.arguments.indices.contains(position) ? recorded.arguments[position] : .nil
            let result = SchemaValidator.validate(value, as: field, at: site)
            arguments.values.merge(result.values.values) { _, new in new }
            found += result.problems
        }
        if recorded.arguments.count > fields.count {
            found.append(site.problem("takes \(fields.count) arguments, not \(recorded.arguments.count)"))
        }
        let options = arguments.table("options") ?? FieldValues()
        let name = arguments.string("options") ?? options.string("name") ?? ""
        accept(recorded.kind, name, site, ValidationResult(values: options, problems: found), arguments)
    }

    /// What to say when the handler stands where the name belongs.
    private static func missingName(_ recorded: LoadRecorder.Declaration, _ fields: [FieldSchema]) -> String? {
        guard let position = fields.firstIndex(where: { $0.key == "options" }), recorded.arguments.indices.contains(position),
            recorded.arguments[position].functionValue != nil
        else { return nil }
        let before = recorded.arguments.prefix(position).map { $0.stringValue.map { "\"\($0)\"" } ?? $0.outgoingText ?? "…" }
        return "has no name; write \(recorded.kind)(\((before + ["\"name\"", "function(ctx) … end"]).joined(separator: ", ")))"
    }

    private static func name(amongst arguments: [LuaValue], _ fields: [FieldSchema]) -> String? {
        guard let position = fields.firstIndex(where: { $0.key == "options" }), arguments.indices.contains(position) else { return nil }
        return arguments[position].stringValue ?? arguments[position]["name"].stringValue
    }

    private mutating func accept(
        _ kind: String, _ name: String, _ site: DeclarationSite, _ result: ValidationResult, _ arguments: FieldValues
    ) {
        problems += result.problems
        if let earlier = claim(name, kind, site) {
            problems.append(site.problem("is declared twice; the first is at \(earlier)"))
            return
        }
        // A table with a mistake still declares its name, so that nothing else seems to refer to nowhere.
        declarations.append(CheckedDeclaration(kind: kind, name: name, site: site, values: result.values, arguments: arguments))
    }

    /// - Returns: where the name is taken already.
    private mutating func claim(_ name: String, _ kind: String, _ site: DeclarationSite) -> LuaLocation? {
        let space = Self.nameSpaces[kind] ?? kind
        let hasNoName = name.isEmpty && kind != "settings"
        if hasNoName { return nil }
        if let earlier = places[space]?[name] { return earlier }
        places[space, default: [:]][name] = site.location
        return nil
    }

    private func site(_ recorded: LoadRecorder.Declaration, name: String?) -> DeclarationSite {
        let location = recorded.location ?? LuaLocation(source: "", line: 0)
        return DeclarationSite(index: indexes[location.source], location: location, kind: recorded.kind, name: name)
    }
}
