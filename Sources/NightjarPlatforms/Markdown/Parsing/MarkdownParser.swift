import CCMarkGFM
import Synchronization

/// Parses one piece of Markdown with cmark-gfm. No pointer of the library outlives the call.
enum MarkdownParser {
    /// Extensions write to tables that all of cmark-gfm's parsers share (the characters that begin inlines), so only one may run.
    /// ``MarkdownPieces`` keeps the time of each short.
    private static let turn = Mutex(())

    private static let extensions = ["table", "strikethrough", "autolink", "tasklist"]

    /// - Parameter piece: what would take the library too much time or memory (see ``ParseHazards``) comes back as plain paragraphs.
    static func blocks(of piece: String) -> [MarkdownBlock] {
        guard !ParseHazards.isDangerous(piece) else { return plainBlocks(of: piece) }
        return turn.withLock { _ in
            guard let root = root(of: piece) else { return plainBlocks(of: piece) }
            defer { cmark_node_free(root) }
            return MarkdownConversion.blocks(of: root)
        }
    }

    /// - Returns: the document's node, which the caller frees.
    private static func root(of piece: String) -> OpaquePointer? {
        cmark_gfm_core_extensions_ensure_registered()
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return nil }
        defer { cmark_parser_free(parser) }
        for name in extensions {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        var piece = piece
        piece.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        return cmark_parser_finish(parser)
    }

    /// Lines as they are: a paragraph for each run of them.
    private static func plainBlocks(of piece: String) -> [MarkdownBlock] {
        var blocks: [MarkdownBlock] = []
        var paragraph: [MarkdownInline] = []
        for line in piece.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                if !paragraph.isEmpty { blocks.append(.paragraph(paragraph)) }
                paragraph = []
            } else {
                if !paragraph.isEmpty { paragraph.append(.hardBreak) }
                paragraph.append(.text(String(line)))
            }
        }
        return paragraph.isEmpty ? blocks : blocks + [.paragraph(paragraph)]
    }
}
