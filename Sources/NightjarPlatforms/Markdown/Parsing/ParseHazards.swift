/// Recognises the few texts for which cmark-gfm takes time or memory out of all proportion. Models can be talked into writing them.
///
/// Distributions ship cmark-gfm 0.29.0.gfm.6 and later; the bounds of newer releases on table cells and on links by reference are
/// not in all of them. One pass over the bytes, and every estimate is on the safe side.
struct ParseHazards {
    /// Cells of a table: short rows are filled up to the header's length, so a few bytes can ask for millions of cells.
    static let tableCellsMax = 100_000
    /// Bytes of addresses and titles that links by reference (`[a]`) may copy: each gets its own.
    static let referenceBytesMax = 8 << 20
    /// Quotes and lists opened on one line: every later line is compared with all of them.
    static let containersMax = 200

    private var columns = 0
    private var lines = 0
    private var tableCells = 0
    private var runBytes = 0
    private var definesReference = false
    private var longestDefinition = 0
    private var brackets = 0
    private var containers = 0

    static func isDangerous(_ piece: String) -> Bool {
        var hazards = ParseHazards()
        for line in piece.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) { hazards.read(line) }
        hazards.endRun()
        return hazards.containers > containersMax || hazards.tableCells > tableCellsMax
            || hazards.longestDefinition * hazards.brackets > referenceBytesMax
    }

    /// Between two blank lines a table and a definition can reach at most from the first line to the last.
    private mutating func endRun() {
        tableCells += columns * lines
        if definesReference { longestDefinition = max(longestDefinition, runBytes) }
        columns = 0
        lines = 0
        runBytes = 0
        definesReference = false
    }

    private mutating func read(_ line: Substring.UTF8View) {
        var isBlank = true
        var isDelimiterRow = true
        var bars = 0
        var last: UInt8 = 0
        for byte in line {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "|"): (isBlank, bars) = (false, bars + 1)
            case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: ")"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                isBlank = false
                if byte == UInt8(ascii: ":"), last == UInt8(ascii: "]") { definesReference = true }
            default: (isBlank, isDelimiterRow) = (false, false)
            }
            if byte == UInt8(ascii: "]") { brackets += 1 }
            last = byte
        }
        guard !isBlank else { return endRun() }
        if isDelimiterRow { columns = max(columns, bars + 1) }
        lines += 1
        runBytes += line.count + 1
        countContainers(line)
    }

    /// Counts `>`, and list markers that white space follows, at the beginning of a line.
    private mutating func countContainers(_ line: Substring.UTF8View) {
        var count = 0
        var last: UInt8 = 0
        for byte in line {
            switch byte {
            case UInt8(ascii: ">"): count += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                if last == UInt8(ascii: "-") || last == UInt8(ascii: "+") || last == UInt8(ascii: "*")
                    || last == UInt8(ascii: ".") || last == UInt8(ascii: ")")
                {
                    count += 1
                }
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: "\r"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                break
            default:
                containers = max(containers, count)
                return
            }
            last = byte
        }
        containers = max(containers, count)
    }
}
