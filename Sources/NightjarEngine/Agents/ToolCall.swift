/// A model's wish to call a tool.
public struct ToolCall: Codable, Sendable, Equatable, Identifiable {
    /// The provider's name for the call; unique within one answer.
    public var id: String
    public var name: String
    /// The arguments as the model wrote them: JSON text, not necessarily valid.
    public var arguments: String
    /// Provider data that must be sent back with the call as it came (Gemini's thought signature).
    public var providerData: String?

    public init(id: String, name: String, arguments: String, providerData: String? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.providerData = providerData
    }

    /// The calls of one answer, each with an id of its own: the journal tells them apart by it, and the effects of one from those of the
    /// other. Some servers give all calls the same, or none.
    static func distinct(_ calls: [ToolCall]) -> [ToolCall] {
        var taken = Set(calls.map(\.id))
        var seen: Set<String> = []
        return calls.map { call in
            if !call.id.isEmpty, seen.insert(call.id).inserted { return call }
            var call = call
            let base = call.id.isEmpty ? "call" : call.id
            var number = 1
            while !taken.insert("\(base)_\(number)").inserted { number += 1 }
            call.id = "\(base)_\(number)"
            return call
        }
    }
}
