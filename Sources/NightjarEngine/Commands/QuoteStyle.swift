/// A kind of quotation mark, and what ends a passage that one of its marks began.
///
/// Phones replace straight marks as a person types, each language in its own way (“a”, „a“, ”a”, «a», »a«), so any mark of a typographic kind may close what another of the same kind opened.
enum QuoteStyle: Sendable, Equatable {
    case straightDouble
    case straightSingle
    case curlyDouble
    case curlySingle
    case guillemetRight
    case guillemetLeft

    /// - Parameter mark: the first character of a word; nil is returned when it opens nothing.
    init?(opening mark: Unicode.Scalar) {
        switch mark {
        case "\"": self = .straightDouble
        case "'": self = .straightSingle
        case "“", "”", "„", "‟": self = .curlyDouble
        case "‘", "’", "‚", "‛": self = .curlySingle
        case "«": self = .guillemetRight
        case "»": self = .guillemetLeft
        default: return nil
        }
    }

    /// Whether `mark` ends the passage. A single mark with a letter or digit behind it is an apostrophe: `'don't go'` is one
    /// passage.
    func closes(with mark: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        switch self {
        case .straightDouble: mark == "\""
        case .straightSingle: mark == "'" && !Self.continuesWord(next)
        case .curlyDouble: mark == "“" || mark == "”" || mark == "‟"
        case .curlySingle: (mark == "‘" || mark == "’" || mark == "‛") && !Self.continuesWord(next)
        case .guillemetRight: mark == "»"
        case .guillemetLeft: mark == "«" || mark == "»"
        }
    }

    /// Whether `scalar` is padding that belongs to the mark: French keyboards put a no-break space inside guillemets.
    func isPadding(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .guillemetRight, .guillemetLeft: scalar == "\u{A0}" || scalar == "\u{202F}"
        default: false
        }
    }

    private static func continuesWord(_ next: Unicode.Scalar?) -> Bool {
        guard let next else { return false }
        return next.properties.isAlphabetic || next.properties.numericType != nil
    }
}
