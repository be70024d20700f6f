import NightjarEngine

/// Puts tool calls together from their pieces.
///
/// Pieces belong together by `index`. Some compatible servers leave it out, or give every call the index 0 and each its own
/// id; so a new id starts a new call, and a piece that says nothing belongs to the last one.
struct OpenAIToolCalls: Sendable {
    private struct Call: Sendable {
        var index: Int?
        var id: String?
        var name: String
        var arguments: String
    }

    private var calls: [Call] = []

    mutating func add(_ piece: OpenAIChunk.CallPiece) {
        let id = piece.id.flatMap { $0.isEmpty ? nil : $0 }
        let position = position(index: piece.index, id: id)
        if calls[position].name.isEmpty { calls[position].name = piece.function?.name ?? "" }
        calls[position].arguments += piece.function?.arguments ?? ""
    }

    /// The calls in the order in which they began.
    func assembled(names: WireToolNames) -> [ToolCall] {
        calls.enumerated().map { position, call in
            ToolCall(
                id: call.id ?? "call_\(position)", name: names.name(wire: call.name),
                arguments: call.arguments.isEmpty ? "{}" : call.arguments)
        }
    }

    private mutating func position(index: Int?, id: String?) -> Int {
        let known = calls.lastIndex { call in
            if let id, let known = call.id { return id == known }
            return index == nil || index == call.index
        }
        if let known, index != nil || id == nil || calls[known].id == id {
            if calls[known].id == nil { calls[known].id = id }
            return known
        }
        calls.append(Call(index: index, id: id, name: "", arguments: ""))
        return calls.count - 1
    }
}
