public import NightjarEngine

/// A call of a method, as the stand-in saw it; answers to a `response_url` are called `response_url`.
public struct StandInSlackCall: Sendable, Equatable {
    public var method: String
    public var arguments: JSONValue
}
