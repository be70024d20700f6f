package import LuaRuntime

/// The text of one script, in which the lines of a declaration's keys can be found.
///
/// Lua tells the line of a statement only; the rest is found by reading the source.
package struct SourceIndex: Sendable {
    package let name: String
    let lines: [String]
    private let structure: LuaTokens

    package init(_ source: LuaSource) {
        name = source.name
        lines = Self.lines(of: source.text)
        structure = LuaTokens(tokens: LuaLexer.tokens(of: source.text))
    }

    /// The line of a key inside a declaration's table.
    ///
    /// - Parameters:
    ///   - path: where the key is; one that leads further than the source shows gives the deepest line found.
    ///   - kind: the declaring function, as scripts write it: `agent`.
    ///   - declaration: tells several declarations on one line apart.
    ///   - statement: the line Lua gives; the answer when the source shows nothing better.
    package func line(of path: FieldPath, inside kind: String, named declaration: String?, statement: Int) -> Int {
        guard !path.steps.isEmpty, let call = call(of: kind, named: declaration, at: statement), var table = table(of: call) else {
            return statement
        }
        var line = statement
        for step in path.steps {
            // Of a key that is there twice, Lua takes the last.
            guard let entry = structure.entries(ofTableAt: table).last(where: { $0.step == step }) else { break }
            line = entry.line
            guard structure.tokens.indices.contains(entry.value), structure.tokens[entry.value].isSymbol("{") else { break }
            table = entry.value
        }
        return line
    }

    // MARK: Finding the declaration

    private func call(of kind: String, named declaration: String?, at line: Int) -> LuaTokens.Call? {
        let calls = structure.calls(of: kind).filter { $0.lines.contains(line) }
        guard calls.count > 1, let declaration else { return calls.first }
        return calls.first { names(of: $0).contains(declaration) } ?? calls.first { names(of: $0).isEmpty }
    }

    /// The names that the text gives to declarations of one kind, whether or not it runs.
    package func declaredNames(of kind: String) -> [String] {
        structure.calls(of: kind).flatMap(names)
    }

    /// The texts in a call that may be the declaration's name.
    private func names(of call: LuaTokens.Call) -> [String] {
        var names: [String] = []
        for argument in call.arguments {
            switch argument {
            case .string(let text): names.append(text)
            case .table(let open): if let name = nameEntry(ofTableAt: open) { names.append(name) }
            case .other: break
            }
        }
        return names
    }

    private func nameEntry(ofTableAt open: Int) -> String? {
        let entry = structure.entries(ofTableAt: open).last { $0.step == .key("name") }
        guard let entry, structure.tokens.indices.contains(entry.value), structure.tokens[entry.value].kind == .string else { return nil }
        return structure.tokens[entry.value].text
    }

    private func table(of call: LuaTokens.Call) -> Int? {
        for case .table(let open) in call.arguments { return open }
        return nil
    }

    // MARK: Lines

    /// Splits where Lua does: at `\n`, `\r`, and at both together.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var current: [UInt8] = []
        var lexer = LuaLexer(bytes: Array(text.utf8))
        while let byte = lexer.peek() {
            if lexer.isLineEnd(byte) {
                lexer.takeLineEnd()
                lines.append(String(decoding: current, as: UTF8.self))
                current = []
            } else {
                current.append(byte)
                lexer.position += 1
            }
        }
        return lines + [String(decoding: current, as: UTF8.self)]
    }
}
