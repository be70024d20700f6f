public import NightjarEngine

/// A request as a stand-in provider received it.
public struct StandInRequest: Sendable, Equatable {
    public var method: String
    /// With the query.
    public var path: String
    /// Names in lower case.
    public var headers: [String: String]
    public var body: String

    /// The body as JSON; null when it is none.
    public var json: JSONValue {
        (try? JSONValue(parsing: body)) ?? .null
    }
}
