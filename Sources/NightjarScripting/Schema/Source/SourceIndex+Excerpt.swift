extension SourceIndex {
    /// The line before, the line with a marker, and the line after, numbered; nil beyond the end of the source.
    ///
    /// ```
    ///   11 | agent "triage" {
    /// > 12 |   modle = "claude",
    ///   13 | }
    /// ```
    package func excerpt(around line: Int) -> String? {
        guard lines.indices.contains(line - 1) else { return nil }
        let last = line == lines.count || (line + 1 == lines.count && lines[line].isEmpty) ? line : line + 1
        let width = "\(last)".count
        return (max(1, line - 1)...last).map { number in
            let padding = String(repeating: " ", count: width - "\(number)".count)
            let text = Self.shown(lines[number - 1])
            return "\(number == line ? ">" : " ") \(padding)\(number) |\(text.isEmpty ? "" : " " + text)"
        }.joined(separator: "\n")
    }

    /// Cut to a length that fits a terminal, tabs as spaces, and without what could disturb one.
    private static func shown(_ line: String) -> String {
        let scalars = line.unicodeScalars.prefix(SchemaLimits.excerptLineLengthMax)
        var text = ""
        for scalar in scalars {
            if scalar == "\t" { text += "    " } else { text += Quoted.isUnsafe(scalar) ? "\u{FFFD}" : String(scalar) }
        }
        return scalars.endIndex == line.unicodeScalars.endIndex ? text : text + "…"
    }
}
