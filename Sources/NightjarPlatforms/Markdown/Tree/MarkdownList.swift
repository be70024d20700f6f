/// A list, with numbers or bullets.
struct MarkdownList: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        /// The box of a task list's item; nil for any other item.
        var isChecked: Bool?
        var blocks: [MarkdownBlock]
    }

    /// The first item's number; nil for bullets.
    var start: Int?
    /// Whether no blank line stands between its items.
    var isTight: Bool
    var items: [Item]
}
