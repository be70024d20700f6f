import NightjarEngine

/// One event of the stream: the members we read of all types together. An unknown type decodes too, and is passed over.
struct AnthropicEvent: Decodable {
    struct Message: Decodable {
        var usage: Usage?
    }

    struct Block: Decodable {
        var type: String?
        var id: String?
        var name: String?
        var text: String?
        /// Whole arguments, from servers that do not stream them; `{}` where they follow in pieces.
        var input: JSONValue?
    }

    struct Delta: Decodable {
        var type: String?
        var text: String?
        var partial_json: String?
        var stop_reason: String?
    }

    struct Usage: Decodable {
        var input_tokens: Int?
        var cache_creation_input_tokens: Int?
        var cache_read_input_tokens: Int?
        var output_tokens: Int?
    }

    var type: String?
    var index: Int?
    var message: Message?
    var content_block: Block?
    var delta: Delta?
    var usage: Usage?
    var error: JSONValue?
}
