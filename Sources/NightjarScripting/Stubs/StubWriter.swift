/// Lines of an annotated Lua file.
struct StubWriter {
    private(set) var lines: [String] = []

    mutating func line(_ text: String = "") { lines.append(text) }

    /// Words for people above what follows.
    mutating func comment(_ text: String) { line("---\(text)") }

    mutating func classHead(_ name: String, _ summary: String) {
        comment(summary)
        line("---@class \(name)")
    }

    mutating func field(_ name: String, isOptional: Bool, type: String, _ summary: String) {
        line("---@field \(name)\(isOptional ? "?" : "") \(type) # \(summary)")
    }

    mutating func parameter(_ name: String, isOptional: Bool, type: String, _ summary: String) {
        line("---@param \(name)\(isOptional ? "?" : "") \(type) # \(summary)")
    }

    /// A function without a body: `separator` is `.` or `:` when it belongs to `owner`.
    mutating func function(_ function: ApiFunction, prefix: String) {
        comment(function.summary)
        for parameter in function.parameters {
            self.parameter(parameter.name, isOptional: parameter.isOptional, type: parameter.type, parameter.summary)
        }
        for type in function.returns { line("---@return \(type)") }
        line("function \(prefix)\(function.signature) end")
        line()
    }

    var text: String { lines.joined(separator: "\n") + "\n" }
}
