/// The syntax of Lua patterns (Lua 5.4 manual, §6.4.1), checked without matching.
///
/// Lua itself finds a mistake only when a match gets that far, which may be long after the script was loaded.
enum LuaPattern {
    /// `LUA_MAXCAPTURES`
    private static let capturesMax = 32

    /// - Returns: what is wrong, in few words; nil when it is a pattern.
    static func problem(with pattern: String) -> String? {
        var scanner = Scanner(bytes: Array(pattern.utf8))
        return scanner.run()
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0
        /// Whether each capture so far is closed.
        var captures: [Bool] = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func run() -> String? {
            if bytes.first == UInt8(ascii: "^") { position = 1 }
            while position < bytes.count {
                if let problem = step() { return problem }
            }
            return captures.contains(false) ? "a '(' is never closed" : nil
        }

        private mutating func step() -> String? {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "("):
                if captures.count == capturesMax { return "more than \(capturesMax) captures" }
                captures.append(false)
            case UInt8(ascii: ")"):
                guard let open = captures.lastIndex(of: false) else { return "a ')' without a '('" }
                captures[open] = true
            case UInt8(ascii: "["): return set()
            case UInt8(ascii: "%"): return escape()
            default: break
            }
            return nil
        }

        private mutating func escape() -> String? {
            guard position < bytes.count else { return "it ends in '%'; write %% for a percent sign" }
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "b"):
                guard position + 1 < bytes.count else { return "%b needs two characters" }
                position += 2
            case UInt8(ascii: "f"):
                guard position < bytes.count, bytes[position] == UInt8(ascii: "[") else { return "%f needs a set in brackets" }
                position += 1
                return set()
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let number = Int(byte) - Int(UInt8(ascii: "0"))
                guard captures.indices.contains(number - 1), captures[number - 1] else {
                    return "%\(number) stands for a capture that is not there"
                }
            default: break
            }
            return nil
        }

        /// Behind the `[`: a `]` right at the start, or behind the `^`, is a character of the set.
        private mutating func set() -> String? {
            if position < bytes.count, bytes[position] == UInt8(ascii: "^") { position += 1 }
            repeat {
                guard position < bytes.count else { return "a '[' is never closed" }
                if bytes[position] == UInt8(ascii: "%") { position += 1 }
                position += 1
            } while position >= bytes.count || bytes[position] != UInt8(ascii: "]")
            position += 1
            return nil
        }
    }
}
