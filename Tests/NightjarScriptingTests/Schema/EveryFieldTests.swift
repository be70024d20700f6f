import LuaRuntime
import Testing

@testable import NightjarScripting

/// Each field of each declaration, made from the schemas themselves.
@Suite struct EveryFieldTests {
    static let declarations = Declaration.all + Declaration.parts

    private func validate(_ table: LuaTable, as declaration: Declaration) -> ValidationResult {
        let site = DeclarationSite(
            index: nil, location: LuaLocation(source: "a.lua", line: 3), kind: declaration.kind, name: "x")
        return SchemaValidator.validate(table, as: declaration, at: site)
    }

    @Test(arguments: declarations.indices) func aTableWithEveryKeyIsAccepted(_ index: Int) async throws {
        let samples = try await LuaSamples()
        let declaration = Self.declarations[index]
        let result = validate(samples.table(of: declaration.fields), as: declaration)
        #expect(result.problems == [])
        #expect(Set(result.values.values.keys) == Set(declaration.fields.map(\.key)))
    }

    @Test(arguments: declarations.indices) func eachKeyIsRefusedWithAValueOfAnotherType(_ index: Int) async throws {
        let samples = try await LuaSamples()
        let declaration = Self.declarations[index]
        for field in declaration.fields {
            var table = samples.table(of: declaration.fields)
            table[.string(field.key)] = samples.refused(by: field.type)
            let problems = validate(table, as: declaration).problems
            #expect(problems.count == 1, "\(field.key): \(problems)")
            let message = problems.first?.message ?? ""
            #expect(message.hasPrefix("\(declaration.kind) \"x\": '\(field.key)'") && message.contains(field.type.expectation), "\(message)")
            #expect(problems.first?.line == 3)
        }
    }

    @Test(arguments: declarations.indices) func eachRequiredKeyIsMissed(_ index: Int) async throws {
        let samples = try await LuaSamples()
        let declaration = Self.declarations[index]
        for field in declaration.fields {
            var table = samples.table(of: declaration.fields)
            table[.string(field.key)] = .nil
            let messages = validate(table, as: declaration).problems.map(\.message)
            let missed = "\(declaration.kind) \"x\": '\(field.key)' is missing; it must be \(field.type.expectation)"
            #expect(messages == (field.isRequired ? [missed] : []))
        }
    }

    @Test(arguments: declarations.indices) func eachArgumentByPositionIsChecked(_ index: Int) async throws {
        let samples = try await LuaSamples()
        let declaration = Self.declarations[index]
        let site = DeclarationSite(index: nil, location: LuaLocation(source: "a.lua", line: 3), kind: declaration.kind)
        for argument in declaration.arguments {
            #expect(SchemaValidator.validate(samples.accepted(by: argument.type), as: argument, at: site).isValid)
            #expect(SchemaValidator.validate(.bool(true), as: argument, at: site).problems.count == 1)
            #expect(SchemaValidator.validate(.nil, as: argument, at: site).problems.count == 1)
        }
    }

    @Test func descriptionsFitOneLine() {
        for declaration in Self.declarations {
            for field in declaration.fields + declaration.arguments {
                #expect(!field.summary.isEmpty && !field.summary.contains("\n") && !field.summary.hasSuffix("."), "\(field.key)")
                #expect(Set(declaration.fields.map(\.key)).count == declaration.fields.count)
            }
        }
    }
}
