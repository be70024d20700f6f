/// The good places for a cut among the scalars passed so far.
struct CutPlaces {
    /// Longer is no entity.
    private static let entityLengthMax = 12
    /// Longer is no tag or link: addresses in links take half a message at most.
    private static let tagLengthMax = MarkdownLimits.telegramChunkMax / 2 + 16

    /// After the last sentence and the white space that follows it.
    private(set) var sentence: Int?
    /// After the last white space.
    private(set) var word: Int?
    /// The beginning of a tag, a link, an entity or a fence that has not ended: they must not be cut.
    private(set) var unit: Int?
    /// The last one that has ended.
    private(set) var lastUnit: Range<Int>?
    private var opening: Unicode.Scalar = " "
    private var isAfterSentence = false

    /// - Parameter isVerbatim: the text is in a dialect already, so `<…>`, `&…;` and three back-quotes are units.
    mutating func pass(_ scalar: Unicode.Scalar, at index: Int, isVerbatim: Bool) {
        if isVerbatim { passUnit(scalar, at: index) }
        guard unit == nil else { return }
        switch scalar {
        case ".", "!", "?", "…": isAfterSentence = true
        // These end a sentence without white space after them.
        case "。", "！", "？":
            isAfterSentence = false
            (sentence, word) = (index + 1, index + 1)
        case ")", "\"", "'", "”", "’", "»", "*", "_", "`": break
        default:
            if InvisibleText.isSpace(scalar) {
                word = index + 1
                if isAfterSentence { sentence = index + 1 }
            } else {
                isAfterSentence = false
            }
        }
    }

    private mutating func passUnit(_ scalar: Unicode.Scalar, at index: Int) {
        if let start = unit, hasEnded(scalar, length: index - start + 1) {
            unit = nil
            lastUnit = start..<index + 1
            // What follows one or two back-quotes may begin a unit itself.
            if opening != "`" || scalar == "`" { return }
        }
        let begins =
            switch scalar {
            case "<": true
            // An entity in a tag is part of it.
            case "&": unit == nil || opening != "<"
            case "`": unit == nil || opening != "`"
            default: false
            }
        if begins { (unit, opening) = (index, scalar) }
    }

    private func hasEnded(_ scalar: Unicode.Scalar, length: Int) -> Bool {
        switch opening {
        case "<": scalar == ">" || length > Self.tagLengthMax
        case "&": scalar == ";" || length > Self.entityLengthMax
        default: scalar != "`" || length == 3
        }
    }
}
