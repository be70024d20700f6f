import NightjarEngine

/// What Discord checks of a message, in UTF-16 units, which are never fewer than its own.
enum StandInDiscordContent {
    private static let contentMax = 2000
    private static let buttonsPerRow = 5
    private static let rowsMax = 5
    private static let labelMax = 80
    private static let payloadMax = 100

    static func check(_ body: [String: JSONValue]) throws(StandInDiscordRefusal) {
        let content = body["content"]?.string ?? ""
        let rows = body["components"]?.array ?? []
        guard content.contains(where: { !$0.isWhitespace }) || body["embeds"] != nil || body["files"] != nil || !rows.isEmpty
        else {
            throw StandInDiscordRefusal(code: 50006, message: "Cannot send an empty message")
        }
        guard content.utf16.count <= contentMax else { throw .invalid("content must be \(contentMax) or fewer in length") }
        if let nonce = body["nonce"] {
            guard let text = nonce.string, (1...25).contains(text.utf16.count) else {
                throw .invalid("nonce must be 25 or fewer in length")
            }
        }
        guard rows.count <= rowsMax else { throw .invalid("components must be \(rowsMax) or fewer") }
        var payloads: Set<String> = []
        for row in rows {
            let buttons = row["components"]?.array ?? []
            guard row["type"] == 1, (1...buttonsPerRow).contains(buttons.count) else {
                throw .invalid("a row has 1 to \(buttonsPerRow) buttons")
            }
            for button in buttons {
                guard button["type"] == 2, let label = button["label"]?.string, (1...labelMax).contains(label.utf16.count),
                    let payload = button["custom_id"]?.string, (1...payloadMax).contains(payload.utf16.count)
                else { throw .invalid("a button has a label and a custom_id") }
                guard payloads.insert(payload).inserted else { throw .invalid("custom_id is there twice") }
            }
        }
    }

    /// - Returns: what Discord takes and nobody wants to see.
    static func fault(in body: [String: JSONValue]) -> String? {
        if body["allowed_mentions"]?["parse"] != .array([]) { return "a message that may call everybody" }
        let content = body["content"]?.string ?? ""
        return content.ranges(of: "```").count.isMultiple(of: 2) ? nil : "a code block that is not closed"
    }
}
