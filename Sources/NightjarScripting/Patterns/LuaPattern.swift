import LuaRuntime

/// A Lua pattern (Lua 5.4 manual, §6.4.1), matched here and not by Lua.
///
/// Lua's own matcher can take hours for a short text and cannot be stopped, and texts of a chat are anybody's; this one counts its
/// steps. It also finds every mistake at once, where Lua finds one only when a match gets that far.
struct LuaPattern: Sendable {
    let items: [LuaPatternItem]
    /// It matches at the beginning of a text or not at all.
    let isAnchored: Bool

    init(_ pattern: String) throws(LuaPatternProblem) {
        var parser = LuaPatternParser(bytes: Array(pattern.utf8))
        items = try parser.parse()
        isAnchored = parser.isAnchored || Self.beginsWithAnything(items)
    }

    /// `.*x`: had `x` been found further on, it would have been found from the beginning.
    private static func beginsWithAnything(_ items: [LuaPatternItem]) -> Bool {
        items.first == .single(.all, .most) || items.first == .single(.all, .least)
    }

    /// - Returns: what is wrong, in few words; nil when it is a pattern.
    static func problem(with pattern: String) -> String? {
        do {
            _ = try LuaPattern(pattern)
            return nil
        } catch {
            return error.description
        }
    }

    /// As `string.match(text, pattern)`.
    ///
    /// - Parameter stepsMax: about so many bytes are looked at; what a step takes depends on the pattern by a small factor.
    /// - Returns: the captures, or the whole match if there are none; nil when nothing matches.
    func match(_ text: [UInt8], stepsMax: Int) throws(LuaMatchFailure) -> [LuaValue]? {
        var machine = LuaPatternMachine(items: items, text: text, stepsMax: stepsMax)
        for start in 0...(isAnchored ? 0 : text.count) {
            if let end = try machine.match(from: start) { return machine.values(start..<end) }
        }
        return nil
    }
}
