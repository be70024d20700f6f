/// The structure of a token sequence, as far as finding keys needs it: calls, their arguments, the entries of tables.
struct LuaTokens: Sendable {
    let tokens: [LuaToken]

    enum Argument: Equatable {
        case string(String)
        /// The index of its `{`.
        case table(Int)
        case other
    }

    struct Call {
        let arguments: [Argument]
        /// From the function's name to the beginning of its last argument.
        let lines: ClosedRange<Int>
    }

    struct Entry {
        let step: FieldPath.Step
        let line: Int
        /// The index of the first token of the value.
        let value: Int
    }

    private static let openers: Set<String> = ["(", "[", "{"]
    private static let closers: Set<String> = [")", "]", "}"]
    private static let blockOpeners: Set<String> = ["function", "if", "do", "repeat"]
    private static let blockClosers: Set<String> = ["end", "until"]

    private func isSymbol(_ symbol: String, at index: Int) -> Bool {
        tokens.indices.contains(index) && tokens[index].isSymbol(symbol)
    }

    // MARK: Calls

    /// The calls of a global function, in order.
    func calls(of function: String) -> [Call] {
        tokens.indices.filter { isCall(of: function, at: $0) }.map(call)
    }

    private func isCall(of function: String, at index: Int) -> Bool {
        guard tokens[index].kind == .name, tokens[index].text == function, tokens.indices.contains(index + 1) else { return false }
        if index > 0 {
            let before = tokens[index - 1]
            if before.isSymbol(".") || before.isSymbol(":") || (before.kind == .name && before.text == "function") { return false }
        }
        return beginsArguments(at: index + 1)
    }

    private func beginsArguments(at index: Int) -> Bool {
        tokens.indices.contains(index)
            && (tokens[index].kind == .string || tokens[index].isSymbol("(") || tokens[index].isSymbol("{"))
    }

    /// The call whose function name is at `index`, and the calls of what it returns: `agent "x" { … }` is one.
    private func call(at index: Int) -> Call {
        var arguments: [Argument] = []
        var lastLine = tokens[index].line
        var position = index + 1
        while beginsArguments(at: position) {
            lastLine = tokens[position].line
            if isSymbol("(", at: position) {
                position = readList(from: position + 1, into: &arguments, lastLine: &lastLine)
            } else {
                arguments.append(argument(at: position, end: position + 1))
                position = isSymbol("{", at: position) ? endOfGroup(from: position) : position + 1
            }
        }
        return Call(arguments: arguments, lines: tokens[index].line...max(lastLine, tokens[index].line))
    }

    /// Reads the arguments up to the `)`.
    /// - Returns: the index behind it.
    private func readList(from start: Int, into arguments: inout [Argument], lastLine: inout Int) -> Int {
        var position = start
        while position < tokens.count, !isSymbol(")", at: position) {
            let end = endOfValue(from: position, isArgument: true)
            lastLine = tokens[position].line
            arguments.append(argument(at: position, end: end))
            position = isSymbol(",", at: end) ? end + 1 : max(end, position + 1)
            if isSymbol(")", at: end) { position = end }
        }
        return position + 1
    }

    private func argument(at index: Int, end: Int) -> Argument {
        if tokens[index].kind == .string, end == index + 1 { return .string(tokens[index].text) }
        return tokens[index].isSymbol("{") ? .table(index) : .other
    }

    // MARK: Tables

    /// The entries of the table whose `{` is at `open`.
    func entries(ofTableAt open: Int) -> [Entry] {
        var entries: [Entry] = []
        var items: Int = 0
        var position = open + 1
        while position < tokens.count, !isSymbol("}", at: position) {
            let start = position
            let line = tokens[start].line
            if let (step, value) = key(at: position) {
                entries.append(Entry(step: step, line: line, value: value))
                position = endOfValue(from: value)
            } else if isKeyed(at: position) {
                // A key that is computed: nobody can look for it.
                position = endOfValue(from: position)
            } else {
                items += 1
                entries.append(Entry(step: .item(items), line: line, value: position))
                position = endOfValue(from: position)
            }
            if isSymbol(",", at: position) || isSymbol(";", at: position) { position += 1 }
            // A stray bracket, as in source that does not compile, ends a value before it begins.
            position = max(position, start + 1)
        }
        return entries
    }

    /// `key =` or `["key"] =` or `[1] =`, and where the value begins.
    private func key(at index: Int) -> (step: FieldPath.Step, value: Int)? {
        if tokens[index].kind == .name, isSymbol("=", at: index + 1) { return (.key(tokens[index].text), index + 2) }
        guard isKeyed(at: index), tokens.indices.contains(index + 3), isSymbol("]", at: index + 2), isSymbol("=", at: index + 3) else {
            return nil
        }
        let token = tokens[index + 1]
        if token.kind == .string { return (.key(token.text), index + 4) }
        return token.kind == .number ? Int(token.text).map { (.item($0), index + 4) } : nil
    }

    private func isKeyed(at index: Int) -> Bool { tokens[index].isSymbol("[") }

    /// The index of the `,`, `;` or closing bracket that ends the expression at `start`, or behind the last token.
    ///
    /// Blocks of functions are counted like brackets: `while … do` and `for … do` open with their `do`.
    private func endOfValue(from start: Int, isArgument: Bool = false) -> Int {
        var depth = 0
        var position = start
        while position < tokens.count {
            let token = tokens[position]
            if depth == 0 {
                if token.isSymbol(",") || (!isArgument && token.isSymbol(";")) { return position }
                if token.kind == .symbol, Self.closers.contains(token.text) { return position }
            }
            depth = max(depth + change(of: token), 0)
            position += 1
        }
        return position
    }

    /// The index behind the bracket that closes the one at `open`, or behind the last token.
    private func endOfGroup(from open: Int) -> Int {
        var depth = 0
        for position in open..<tokens.count {
            depth += change(of: tokens[position])
            if depth == 0 { return position + 1 }
        }
        return tokens.count
    }

    private func change(of token: LuaToken) -> Int {
        switch token.kind {
        case .symbol: Self.openers.contains(token.text) ? 1 : Self.closers.contains(token.text) ? -1 : 0
        case .name: Self.blockOpeners.contains(token.text) ? 1 : Self.blockClosers.contains(token.text) ? -1 : 0
        case .string, .number: 0
        }
    }
}
