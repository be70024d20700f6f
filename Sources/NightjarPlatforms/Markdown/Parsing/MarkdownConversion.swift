import CCMarkGFM

/// Turns cmark-gfm's tree into values.
enum MarkdownConversion {
    typealias Node = OpaquePointer

    /// Levels of blocks in blocks, and again of inlines in inlines. No person nests so deep; what does is taken out of its nesting
    /// there, text first to last, so that no later walk over the tree can exhaust the stack.
    static let depthMax = 100

    static func blocks(of root: Node) -> [MarkdownBlock] {
        blocks(in: root, depth: 0)
    }

    private static func blocks(in parent: Node, depth: Int) -> [MarkdownBlock] {
        children(of: parent).flatMap { node -> [MarkdownBlock] in
            depth < depthMax ? block(node, depth: depth + 1).map { [$0] } ?? [] : leaves(of: node)
        }
    }

    private static func block(_ node: Node, depth: Int) -> MarkdownBlock? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_BLOCK_QUOTE: .quote(blocks(in: node, depth: depth))
        case CMARK_NODE_LIST: .list(list(node, depth: depth))
        default: isTable(node) ? .table(table(node)) : leaf(node)
        }
    }

    /// A block without blocks in it; nil if it is none.
    private static func leaf(_ node: Node) -> MarkdownBlock? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH: .paragraph(inlines(in: node, depth: 0))
        case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(node)), inlines(in: node, depth: 0))
        case CMARK_NODE_CODE_BLOCK: .code(language: language(of: node), withoutLastLineEnd(literal(of: node)))
        case CMARK_NODE_HTML_BLOCK: .html(withoutLastLineEnd(literal(of: node)))
        case CMARK_NODE_THEMATIC_BREAK: .rule
        default: isTableCell(node) ? .paragraph(inlines(in: node, depth: 0)) : nil
        }
    }

    /// All leaves below a node, which itself may be one, without recursion.
    private static func leaves(of node: Node) -> [MarkdownBlock] {
        var found: [MarkdownBlock] = []
        entered(from: node) { node in
            if let block = leaf(node) { found.append(block) }
        }
        return found
    }

    private static func list(_ node: Node, depth: Int) -> MarkdownList {
        let items = children(of: node).map { item in
            MarkdownList.Item(
                isChecked: typeName(of: item) == "tasklist" ? cmark_gfm_extensions_get_tasklist_item_checked(item) : nil,
                blocks: blocks(in: item, depth: depth))
        }
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        return MarkdownList(
            start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil, isTight: cmark_node_get_list_tight(node) != 0, items: items)
    }

    private static func table(_ node: Node) -> MarkdownTable {
        let rows = children(of: node).map { row in children(of: row).map { inlines(in: $0, depth: 0) } }
        let count = Int(cmark_gfm_extensions_get_table_columns(node))
        let marks = UnsafeBufferPointer(start: cmark_gfm_extensions_get_table_alignments(node), count: count)
        let alignments = marks.map { mark -> MarkdownTable.Alignment in
            switch mark {
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .left
            }
        }
        return MarkdownTable(alignments: alignments, header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private static func inlines(in parent: Node, depth: Int) -> [MarkdownInline] {
        children(of: parent).map { inline($0, depth: depth) }
    }

    private static func inline(_ node: Node, depth: Int) -> MarkdownInline {
        func inner() -> [MarkdownInline] {
            depth < depthMax ? inlines(in: node, depth: depth + 1) : [.text(text(below: node))]
        }
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT: return .text(literal(of: node))
        case CMARK_NODE_CODE: return .code(literal(of: node))
        case CMARK_NODE_HTML_INLINE: return .html(literal(of: node))
        case CMARK_NODE_SOFTBREAK: return .softBreak
        case CMARK_NODE_LINEBREAK: return .hardBreak
        case CMARK_NODE_EMPH: return .emphasis(inner())
        case CMARK_NODE_STRONG: return .strong(inner())
        case CMARK_NODE_LINK: return .link(url: string(cmark_node_get_url(node)), inner())
        case CMARK_NODE_IMAGE: return .image(url: string(cmark_node_get_url(node)), inner())
        default: return typeName(of: node) == "strikethrough" ? .strikethrough(inner()) : .text(text(below: node))
        }
    }

    /// The words below a node, without recursion.
    private static func text(below node: Node) -> String {
        var words = ""
        entered(from: node) { node in
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE: words += literal(of: node)
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: words += " "
            default: break
            }
        }
        return words
    }
}
