/// Code that stands between fences.
enum FenceText {
    /// Puts a zero-width space before every third of back-quotes in a row, so that there is no fence.
    static func breaking(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "`")) else { return text }
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            count = scalar == "`" ? count + 1 : 0
            if count == 3 {
                result.append(InvisibleText.zeroWidthSpace)
                count = 1
            }
            result.append(scalar)
        }
        return String(result)
    }
}
