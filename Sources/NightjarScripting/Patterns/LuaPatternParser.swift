/// Reads a pattern from its beginning to its end.
struct LuaPatternParser {
    /// `LUA_MAXCAPTURES`
    private static let capturesMax = 32

    let bytes: [UInt8]
    private(set) var isAnchored = false
    private var position = 0
    /// Whether each capture so far is closed.
    private var captures: [Bool] = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func parse() throws(LuaPatternProblem) -> [LuaPatternItem] {
        isAnchored = take("^")
        var items: [LuaPatternItem] = []
        while let byte = next {
            position += 1
            items.append(try item(byte))
        }
        guard !captures.contains(false) else { throw LuaPatternProblem("a '(' is never closed") }
        return items
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: letter) else { return false }
        position += 1
        return true
    }

    private mutating func item(_ byte: UInt8) throws(LuaPatternProblem) -> LuaPatternItem {
        switch byte {
        case UInt8(ascii: "("): return try captureStart()
        case UInt8(ascii: ")"):
            guard let open = captures.lastIndex(of: false) else { throw LuaPatternProblem("a ')' without a '('") }
            captures[open] = true
            return .captureEnd(open)
        case UInt8(ascii: "$") where next == nil: return .end
        case UInt8(ascii: "["): return .single(try set(), repetition())
        case UInt8(ascii: "%"): return try escape()
        case UInt8(ascii: "."): return .single(.all, repetition())
        default: return .single(ByteSet { $0 == byte }, repetition())
        }
    }

    private mutating func captureStart() throws(LuaPatternProblem) -> LuaPatternItem {
        if captures.count == Self.capturesMax { throw LuaPatternProblem("more than \(Self.capturesMax) captures") }
        let isPosition = take(")")
        captures.append(isPosition)
        return isPosition ? .capturePosition : .captureStart
    }

    private mutating func repetition() -> LuaPatternItem.Repetition {
        if take("?") { return .optional }
        if take("*") { return .most }
        if take("+") { return .mostFromOne }
        return take("-") ? .least : .once
    }

    private mutating func escape() throws(LuaPatternProblem) -> LuaPatternItem {
        guard let byte = next else { throw LuaPatternProblem("it ends in '%'; write %% for a percent sign") }
        position += 1
        switch byte {
        case UInt8(ascii: "b"):
            guard position + 1 < bytes.count else { throw LuaPatternProblem("%b needs two characters") }
            defer { position += 2 }
            return .balance(bytes[position], bytes[position + 1])
        case UInt8(ascii: "f"):
            guard take("[") else { throw LuaPatternProblem("%f needs a set in brackets") }
            return .frontier(try set())
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = Int(byte) - Int(UInt8(ascii: "0"))
            guard captures.indices.contains(number - 1), captures[number - 1] else {
                throw LuaPatternProblem("%\(number) stands for a capture that is not there")
            }
            return .backReference(number - 1)
        default: return .single(ByteSet { ByteSet.isClass(byte, of: $0) }, repetition())
        }
    }

    /// Behind the `[`: a `]` right at the start, or behind the `^`, is a character of the set.
    private mutating func set() throws(LuaPatternProblem) -> ByteSet {
        let isComplement = take("^")
        let start = position
        repeat {
            guard position < bytes.count else { throw LuaPatternProblem("a '[' is never closed") }
            if bytes[position] == UInt8(ascii: "%") { position += 1 }
            position += 1
        } while position >= bytes.count || bytes[position] != UInt8(ascii: "]")
        defer { position += 1 }
        let inside = Array(bytes[start..<position])
        return ByteSet { Self.set(inside, has: $0) != isComplement }
    }

    private static func set(_ inside: [UInt8], has byte: UInt8) -> Bool {
        var index = 0
        while index < inside.count {
            if inside[index] == UInt8(ascii: "%"), index + 1 < inside.count {
                if ByteSet.isClass(inside[index + 1], of: byte) { return true }
                index += 2
            } else if index + 2 < inside.count, inside[index + 1] == UInt8(ascii: "-") {
                if inside[index] <= byte, byte <= inside[index + 2] { return true }
                index += 3
            } else {
                if inside[index] == byte { return true }
                index += 1
            }
        }
        return false
    }
}
