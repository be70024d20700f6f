import NightjarEngine

/// One `chat.completion.chunk`: the members we read, all optional, since compatible servers leave out what they like.
struct OpenAIChunk: Decodable {
    struct Choice: Decodable {
        var delta: Delta?
        var finish_reason: String?
    }

    struct Delta: Decodable {
        var content: String?
        /// The model's words when it declines; sent in place of content.
        var refusal: String?
        var tool_calls: [CallPiece]?
    }

    struct CallPiece: Decodable {
        var index: Int?
        var id: String?
        var function: FunctionPiece?
    }

    struct FunctionPiece: Decodable {
        var name: String?
        var arguments: String?
    }

    struct Usage: Decodable {
        var prompt_tokens: Int?
        var completion_tokens: Int?
    }

    var choices: [Choice]?
    var usage: Usage?
    var error: JSONValue?
}
