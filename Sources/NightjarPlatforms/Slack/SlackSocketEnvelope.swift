import NightjarEngine

/// What HTTP would bring as a request.
struct SlackSocketEnvelope: Sendable, Equatable {
    /// By which it is acknowledged.
    var id: String
    var type: String
    var payload: JSONValue
    /// Whether the acknowledgement may carry something.
    var takesPayload: Bool

    /// - Parameter answer: what the request would be answered over HTTP; nil when that is nothing.
    func acknowledgement(_ answer: JSONValue?) -> String {
        var members: [String: JSONValue] = ["envelope_id": .string(id)]
        if takesPayload, let answer { members["payload"] = answer }
        return JSONValue.object(members).text
    }
}
