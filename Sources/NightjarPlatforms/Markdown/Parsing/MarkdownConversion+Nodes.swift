import CCMarkGFM

/// What is read of single nodes.
extension MarkdownConversion {
    static func children(of node: Node) -> [Node] {
        var found: [Node] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            found.append(child)
            next = cmark_node_next(child)
        }
        return found
    }

    /// Calls for a node and all below it, in the order of the text.
    static func entered(from node: Node, _ body: (Node) -> Void) {
        guard let iterator = cmark_iter_new(node) else { return }
        defer { cmark_iter_free(iterator) }
        var event = cmark_iter_next(iterator)
        while event != CMARK_EVENT_DONE {
            if event == CMARK_EVENT_ENTER, let current = cmark_iter_get_node(iterator) { body(current) }
            event = cmark_iter_next(iterator)
        }
    }

    /// The nodes of extensions are known by name only.
    static func typeName(of node: Node) -> String {
        string(cmark_node_get_type_string(node))
    }

    static func isTable(_ node: Node) -> Bool { typeName(of: node) == "table" }

    static func isTableCell(_ node: Node) -> Bool { typeName(of: node) == "table_cell" }

    static func literal(of node: Node) -> String {
        string(cmark_node_get_literal(node))
    }

    /// The first word of what follows the opening fence.
    static func language(of node: Node) -> String? {
        string(cmark_node_get_fence_info(node)).split(whereSeparator: \.isWhitespace).first.map(String.init)
    }

    static func withoutLastLineEnd(_ text: String) -> String {
        text.unicodeScalars.last == "\n" ? String(text.unicodeScalars.dropLast()) : text
    }

    static func string(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
