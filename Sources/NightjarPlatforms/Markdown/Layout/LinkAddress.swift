/// A link's address, and how the link's text relates to it.
struct LinkAddress: Sendable, Equatable {
    enum Label: Sendable, Equatable {
        case isText, isEmpty
        /// The same address, perhaps without `http://` or `mailto:`.
        case isAddress
        /// Some address: it may be another one.
        case isLikeAddress
    }

    var url: String
    /// Lowercase, without the colon; empty if the address has none.
    var scheme: String
    var label: Label

    init(_ url: String, label: String) {
        self.url = url
        let start = url.prefix { $0 != ":" }
        let isScheme = start.count < url.count && start.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        scheme = isScheme ? start.lowercased() : ""
        self.label =
            if InvisibleText.isInvisible(label) {
                .isEmpty
            } else if url == label || url == "http://" + label || url == "mailto:" + label {
                .isAddress
            } else if label.contains("://") || label.hasPrefix("www.") {
                .isLikeAddress
            } else {
                .isText
            }
    }

    /// An address with everything percent-encoded that could end or forge it: white space, controls, invisible characters, quotes,
    /// brackets and marks. What is encoded already stays.
    /// - Parameter also: further characters that mean something around addresses in a dialect.
    static func encoded(_ url: String, also: String) -> String {
        var result = ""
        for scalar in url.unicodeScalars {
            if needsEncoding(scalar) || also.unicodeScalars.contains(scalar) {
                for byte in String(scalar).utf8 {
                    result += byte < 16 ? "%0" : "%"
                    result += String(byte, radix: 16, uppercase: true)
                }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func needsEncoding(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "<", ">", "`", "{", "}", "|", "\\", "^": true
        default: InvisibleText.isInvisible(scalar) || scalar.properties.generalCategory == .format
        }
    }
}
