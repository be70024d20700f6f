import NightjarEngine

/// Checks blocks as Slack does (https://docs.slack.dev/reference/block-kit).
enum StandInSlackBlocks {
    /// - Returns: what is wrong; nil when they can be shown.
    static func fault(in blocks: [JSONValue]) -> String? {
        if blocks.count > 50 { return "more than 50 blocks" }
        var actionIDs: Set<String> = []
        for block in blocks {
            switch block["type"]?.string {
            case "section": if let fault = fault(ofText: block["text"], lengthMax: 3000) { return "section: \(fault)" }
            case "context":
                guard let elements = block["elements"]?.array, (1...10).contains(elements.count) else { return "context: 1 to 10 elements" }
                for element in elements { if let fault = fault(ofText: element, lengthMax: 3000) { return "context: \(fault)" } }
            case "actions":
                guard let elements = block["elements"]?.array, (1...25).contains(elements.count) else { return "actions: 1 to 25 elements" }
                for element in elements {
                    if let fault = fault(ofButton: element) { return "button: \(fault)" }
                    guard actionIDs.insert(element["action_id"]?.string ?? "").inserted else { return "button: action_id twice" }
                }
            case "divider", "header", "image", "rich_text", "markdown": break
            default: return "unknown type"
            }
            if let id = block["block_id"]?.string, id.utf16.count > 255 { return "block_id is longer than 255" }
        }
        return nil
    }

    private static func fault(ofButton button: JSONValue) -> String? {
        guard button["type"] == "button" else { return "no button" }
        guard button["text"]?["type"] == "plain_text" else { return "its text must be plain" }
        if let value = button["value"]?.string, value.utf16.count > 2000 { return "value is longer than 2000" }
        return fault(ofText: button["text"], lengthMax: 75)
    }

    private static func fault(ofText text: JSONValue?, lengthMax: Int) -> String? {
        guard let type = text?["type"]?.string, let content = text?["text"]?.string, !content.isEmpty else { return "no text" }
        if content.utf16.count > lengthMax { return "text is longer than \(lengthMax)" }
        return type == "mrkdwn" ? StandInSlackMarkup.fault(in: content) : nil
    }
}
