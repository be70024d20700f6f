/// Why a text is no Lua pattern, in few words.
struct LuaPatternProblem: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
