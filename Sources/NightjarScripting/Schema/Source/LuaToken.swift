/// One word of Lua source.
struct LuaToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A name or a keyword.
        case name
        case string
        case number
        case symbol
    }

    let kind: Kind
    /// A string's value, escapes resolved; the others as written.
    let text: String
    /// Where it begins, counted from 1 as Lua counts.
    let line: Int

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}
