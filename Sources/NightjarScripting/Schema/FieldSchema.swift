/// One key of a declaration's table.
package struct FieldSchema: Sendable, Equatable {
    package let key: String
    package let type: FieldType
    package let isRequired: Bool
    /// The default as it would be written in Lua; nil when there is none.
    package let defaultText: String?
    /// One line for people, without the full stop.
    package let summary: String
    /// The version that brought it.
    package let since: String

    package init(
        _ key: String, _ type: FieldType, required: Bool = false, default defaultText: String? = nil, since: String = "1.0",
        _ summary: String
    ) {
        self.key = key
        self.type = type
        self.isRequired = required
        self.defaultText = defaultText
        self.summary = summary
        self.since = since
    }

    /// The same field, free to be absent.
    var optional: FieldSchema {
        FieldSchema(key, type, default: defaultText, since: since, summary)
    }
}
