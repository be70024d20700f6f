/// A message in one platform's own dialect, as it is sent.
public enum RenderedMessage: Codable, Sendable, Equatable {
    case text(String)
    /// Text that is too long for one message, cut where the platform's limits want it.
    case parts([String])
    /// The platform's raw payload, from a Lua formatter that returned a table.
    case payload(JSONValue)
    /// The beginning of a text that is too long for this platform's people, and a file with all of it.
    case excerpt(String, whole: OutboundFile)

    init(parts: [String]) {
        self = parts.count == 1 ? .text(parts[0]) : .parts(parts)
    }

    /// Text for places that can show nothing else.
    public var plainText: String {
        switch self {
        case .text(let text): text
        case .parts(let parts): parts.joined(separator: "\n")
        case .payload(let payload): payload["text"]?.string ?? payload.text
        case .excerpt(let text, _): text
        }
    }

    /// How many messages it is sent as.
    public var partCount: Int {
        if case .parts(let parts) = self { parts.count } else { 1 }
    }

    /// One of the messages it is sent as.
    func part(_ index: Int) -> RenderedMessage {
        if case .parts(let parts) = self { .text(parts[index]) } else { self }
    }
}
