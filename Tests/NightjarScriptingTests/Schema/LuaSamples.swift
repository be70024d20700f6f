import LuaRuntime
import NightjarEngine

@testable import NightjarScripting

/// Values for tests, made by a real interpreter.
struct LuaSamples {
    let vm: LuaVM
    /// Any function.
    let function: LuaFunction

    init() async throws {
        var configuration = LuaVM.Configuration()
        configuration.libraries.append(
            LuaLibrary(
                functions: [
                    .synchronous("secret") { call in
                        [.object(LuaObject(typeName: Secret.luaTypeName, payload: call[0].bytesValue ?? []))]
                    }
                ],
                objectTypes: [LuaObjectType(name: Secret.luaTypeName)]))
        vm = try await LuaVM(configuration)
        function = try await vm.load("return 1", name: "function")
    }

    /// The value of a Lua expression.
    func value(_ expression: String) async throws -> LuaValue {
        try await vm.evaluate("return \(expression)", name: "sample").first ?? .nil
    }

    func table(_ expression: String) async throws -> LuaTable {
        try await value(expression).tableValue ?? LuaTable()
    }

    /// What is wrong with a table written in Lua, each message without its place.
    func messages(_ expression: String, as declaration: Declaration, name: String? = "x") async throws -> [String] {
        let site = DeclarationSite(
            index: nil, location: LuaLocation(source: "a.lua", line: 1), kind: declaration.kind, name: name)
        return SchemaValidator.validate(try await table(expression), as: declaration, at: site).problems.map(\.message)
    }

    /// A value that the type accepts.
    func accepted(by type: FieldType) -> LuaValue {
        switch type {
        case .string(.path): "/in"
        case .string(.user): "webhook:ann"
        case .string(.url): "http://127.0.0.1:8080/v1"
        case .string, .secret: "text"
        case .boolean: true
        case .integer(let range): .integer(range.lowerBound)
        case .number(let range): .number(range.lowerBound)
        case .duration: "36h"
        case .function: .function(function)
        case .list(let item): [accepted(by: item), accepted(by: item)]
        case .map(let value): ["some key": accepted(by: value)]
        case .choice(let words): .string(words[0])
        case .oneOf(let types): accepted(by: types[0])
        case .table(let fields): .table(table(of: fields))
        case .declared(.toolParameter): ["type": "string"]
        case .declared(let table): .table(self.table(of: table.declaration.fields))
        case .json: ["a": [1, "two", false]]
        case .pattern: "^thanks%s*(%w+)"
        case .timestamp: "2026-12-24T18:00:00Z"
        }
    }

    /// A value that the type refuses, of a Lua type no declaration takes unless it takes data of any kind.
    func refused(by type: FieldType) -> LuaValue {
        switch type {
        case .boolean: "yes"
        case .json: .function(function)
        default: true
        }
    }

    func table(of fields: [FieldSchema]) -> LuaTable {
        LuaTable(fields: Dictionary(uniqueKeysWithValues: fields.map { (.string($0.key), accepted(by: $0.type)) }))
    }
}
