/// Cuts a very long text where it may be parsed in pieces: the parser's time grows with the square of some texts' length.
///
/// A piece ends at a blank line before a line that is not indented, if there is one, else at a line's end, else between two
/// characters. A fence that is open there is opened again in the next piece. What is lost is that links by reference find only
/// definitions in their own piece.
struct MarkdownPieces {
    /// Longer than nearly all answers. The worst text takes the parser a tenth of a second at this length, and minutes at thirty times
    /// of it.
    static let bytesMax = 32 << 10

    private let bytes: [UInt8]
    private let bytesMax: Int

    static func pieces(of text: String, bytesMax: Int = bytesMax) -> [String] {
        text.utf8.count <= bytesMax ? [text] : MarkdownPieces(bytes: Array(text.utf8), bytesMax: bytesMax).pieces()
    }

    private struct Cut {
        var end: Int
        /// The line that opened the fence around the cut.
        var fence: Range<Int>?
    }

    private func pieces() -> [String] {
        var pieces: [String] = []
        var start = 0
        var fence: Range<Int>?
        while start < bytes.count {
            let cut = cut(from: start, fence: fence)
            let opening = fence.map { String(decoding: bytes[$0], as: UTF8.self) + "\n" } ?? ""
            pieces.append(opening + String(decoding: bytes[start..<cut.end], as: UTF8.self))
            (start, fence) = (cut.end, cut.fence)
        }
        return pieces
    }

    private func cut(from start: Int, fence: Range<Int>?) -> Cut {
        guard bytes.count - start > bytesMax else { return Cut(end: bytes.count) }
        var fence = fence
        var betweenBlocks: Cut?
        var betweenLines: Cut?
        var wasBlank = false
        var line = start
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            if line > start {
                betweenLines = Cut(end: line, fence: fence)
                if wasBlank, fence == nil, !isBlank(bytes[line]) { betweenBlocks = betweenLines }
            }
            if end - start > bytesMax { break }
            wasBlank = bytes[line..<end].allSatisfy(isBlank)
            fence = fenceAfter(line..<end, open: fence)
            line = end
        }
        return betweenBlocks ?? betweenLines ?? Cut(end: characterEnd(before: start + bytesMax), fence: fence)
    }

    private func characterEnd(before end: Int) -> Int {
        var end = end
        while bytes[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        return end
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// The fence that is open after a line.
    private func fenceAfter(_ line: Range<Int>, open: Range<Int>?) -> Range<Int>? {
        let body = bytes[line].drop { isBlank($0) }
        guard let mark = body.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return open }
        let count = body.prefix { $0 == mark }.count
        let rest = body.dropFirst(count)
        guard count >= 3 else { return open }
        guard let open else {
            let isInline = mark == UInt8(ascii: "`") && rest.contains(mark)
            return isInline ? nil : line.lowerBound..<line.upperBound - (bytes[line.upperBound - 1] == UInt8(ascii: "\n") ? 1 : 0)
        }
        let opening = bytes[open].drop { isBlank($0) }
        let closes = opening.first == mark && opening.prefix { $0 == mark }.count <= count && rest.allSatisfy(isBlank)
        return closes ? nil : open
    }
}
