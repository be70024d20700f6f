/// The escapes that the dialects are made of.
package enum DialectEscape {
    /// `& < >` as entities: all that Slack's mrkdwn and Telegram's HTML ask for.
    @Sendable package static func entities(_ text: String) -> String {
        replacing(text) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: nil
            }
        }
    }

    /// A backslash before everything that Discord's Markdown could take for a mark.
    @Sendable package static func markdown(_ text: String) -> String {
        replacing(text) { scalar in
            switch scalar {
            case "\\", "*", "_", "~", "`", "|", "<", ">", "#", "[", "]": "\\\(scalar)"
            default: nil
            }
        }
    }

    /// Text between back-quotes. No dialect can escape one there, so those inside become their look-alike `ˋ` (U+02CB), and line
    /// breaks become spaces.
    @Sendable static func backquoted(_ text: String) -> String {
        let inner = replacing(text) { scalar in
            switch scalar {
            case "`": "\u{2CB}"
            case "\n", "\r": " "
            default: nil
            }
        }
        return "`\(inner)`"
    }

    /// Text as a code block that its own fences cannot end.
    @Sendable static func fenced(_ text: String) -> String {
        "```\n\(breakingFences(text))\n```"
    }

    /// Back-quotes side by side get a zero-width space between them, so that three of them are no fence.
    @Sendable package static func breakingFences(_ text: String) -> String {
        var last: Unicode.Scalar?
        return replacing(text) { scalar in
            defer { last = scalar }
            return scalar == "`" && last == "`" ? "\u{200B}`" : nil
        }
    }

    /// Text without control characters other than line breaks and tabs.
    @Sendable static func removingControls(_ text: String) -> String {
        replacing(text) { scalar in
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t" ? "" : nil
        }
    }

    private static func replacing(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let replacement = replacement(scalar) {
                result.append(contentsOf: replacement.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
