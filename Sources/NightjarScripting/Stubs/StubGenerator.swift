/// Writes what editors need to complete and check a project's scripts: annotations for the Lua language server
/// (https://luals.github.io/wiki/annotations/), made from the same descriptions that check the scripts.
public enum StubGenerator {
    /// Where the stubs belong, relative to the project.
    public static let stubsFolder = ".nightjar/stubs"
    /// The name of the one file in ``stubsFolder``.
    public static let stubsFile = "nightjar.lua"
    /// The name of the editor's configuration, in the project's folder.
    public static let configurationFile = ".luarc.json"

    /// The content of ``stubsFile``.
    public static func stubs() -> String {
        var writer = StubWriter()
        writer.line("---@meta _")
        writer.line("-- Written by Nightjar for the editor. Changes are lost; nothing here is ever run.")
        writer.line()
        writer.comment("Text such as \"1h30m\" or \"250ms\", or seconds.")
        writer.line("---@alias \(LuaTypeText.duration) string|number")
        writer.line()
        writeDeclarations(to: &writer)
        for module in ApiModule.all { write(module, to: &writer) }
        return writer.text
    }

    private static func write(_ module: ApiModule, to writer: inout StubWriter) {
        for type in module.classes { write(type, to: &writer) }
        switch module.place {
        case .table:
            writer.comment(module.summary)
            writer.line("\(module.name) = {}")
            writer.line()
            for constant in module.constants {
                writer.comment(constant.summary)
                writer.line("---@type \(constant.type)")
                writer.line("\(module.name).\(constant.name) = nil")
                writer.line()
            }
            for function in module.functions { writer.function(function, prefix: "\(module.name).") }
        case .globals:
            for function in module.functions { writer.function(function, prefix: "") }
        case .value(let type):
            writer.comment(module.summary)
            writer.line("---@type \(type)")
            writer.line("\(module.name) = nil")
            writer.line()
        case .argument: break
        }
    }

    /// Methods need a table to be declared on; it is local to the file.
    private static func write(_ type: ApiClass, to writer: inout StubWriter) {
        writer.classHead(type.name, type.summary)
        for field in type.fields { writer.field(field.name, isOptional: field.isOptional, type: field.type, field.summary) }
        for operation in type.operators { writer.line("---@operator \(operation)") }
        guard !type.methods.isEmpty else { return writer.line() }
        let table = type.name.split(separator: ".").last.map(String.init) ?? type.name
        writer.line("local \(table) = {}")
        writer.line()
        for method in type.methods { writer.function(method, prefix: "\(table):") }
    }
}
