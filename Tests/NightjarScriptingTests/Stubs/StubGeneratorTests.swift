import LuaRuntime
import NightjarEngine
import Testing

@testable import NightjarScripting

@Suite struct StubGeneratorTests {
    private let stubs = StubGenerator.stubs()
    private var lines: [Substring] { stubs.split(separator: "\n", omittingEmptySubsequences: false) }

    @Test func theyAreLua() async throws {
        #expect(stubs.hasPrefix("---@meta"))
        let vm = try await LuaVM()
        _ = try await vm.load(stubs, name: StubGenerator.stubsFile)
    }

    @Test func everyKeyOfEveryDeclarationIsThere() {
        for declaration in Declaration.all + Declaration.parts {
            for field in declaration.fields {
                #expect(lines.contains { $0.hasPrefix("---@field \(field.key)\(field.isRequired ? "" : "?") ") }, "\(field.key)")
            }
            for argument in declaration.arguments { #expect(lines.contains { $0.hasPrefix("---@param \(argument.key) ") }) }
        }
        for kind in Declaration.kinds { #expect(lines.contains { $0.hasPrefix("function \(kind)(") }) }
    }

    @Test func bothWaysOfCallingComplete() {
        #expect(
            stubs.contains(
                """
                ---@param name string
                ---@param options nightjar.Agent
                ---@overload fun(name: string): fun(options: nightjar.Agent)
                function agent(name, options) end
                """))
        #expect(stubs.contains(#"---@overload fun(name: "webhook"): fun(options: nightjar.Platform.Webhook)"#))
    }

    @Test func typesAreWrittenAsEditorsReadThem() {
        for line in [
            "---@field timeout? nightjar.Duration # ", "---@field tools? (string)[] # ", "---@field memory? nightjar.Agent.Memory # ",
            "---@field parameters? table<string, nightjar.Parameter> # ", "---@field items? nightjar.Parameter # ",
            #"---@field spacing? "grid"|"after_completion" # "#, "---@field run fun(args: table, ctx: nightjar.Context): any # ",
            "---@param options string|nightjar.TriggerOptions # ", "---@field headers? table<string, string|nightjar.Secret> # ",
        ] {
            #expect(lines.contains { $0.hasPrefix(line) }, "\(line)")
        }
    }

    /// Each class that a type names is defined, once.
    @Test func everyClassIsDefinedOnce() {
        let defined = stubs.matches(of: /---@(?:class|alias) ([\w.]+)/).map { String($0.1) }
        #expect(Set(defined).count == defined.count)
        let used = Set(stubs.matches(of: /nightjar(?:\.\w+)+/).map { String($0.0) })
        #expect(used.subtracting(defined).subtracting(["nightjar.lua"]) == [])
        #expect(Set(defined).subtracting(used) == [])
    }

    /// The grammar of annotations, as far as one line shows it: a known tag, a name, balanced brackets.
    @Test func annotationsAreWellFormed() {
        let shape =
            /---@(?:meta _|class [\w.]+|alias [\w.]+ .+|field (?:\w+\??|\[\w+\]) .+|param \w+\?? .+|return .+|overload fun\(.+|operator \w+\(.*\): .+|type .+)/
        for line in lines where line.hasPrefix("---@") {
            #expect(line.wholeMatch(of: shape) != nil, "\(line)")
            let code = line.split(separator: " # ")[0]
            for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">")] {
                #expect(code.filter { String($0) == open }.count == code.filter { String($0) == close }.count, "\(line)")
            }
        }
    }

    @Test func theConfigurationPointsToThem() throws {
        let settings = try JSONValue(parsing: StubGenerator.configuration())
        #expect(settings["runtime.version"] == "Lua 5.4")
        #expect(settings["workspace.library"] == [".nightjar/stubs"])
        #expect(settings["diagnostics.globals"]?.array?.contains("on_message") == true)
    }
}
