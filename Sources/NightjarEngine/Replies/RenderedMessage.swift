/// A message in one platform's own dialect, as it is sent.
public enum RenderedMessage: Codable, Sendable, Equatable {
    case text(String)
    /// The platform's raw payload, from a Lua formatter that returned a table.
    case payload(JSONValue)

    /// Text for places that can show nothing else.
    public var plainText: String {
        switch self {
        case .text(let text): text
        case .payload(let payload): payload["text"]?.string ?? payload.text
        }
    }
}
