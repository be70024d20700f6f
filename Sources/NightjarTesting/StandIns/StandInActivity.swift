/// What a stand-in provider has seen so far.
public struct StandInActivity: Sendable, Equatable {
    /// Connections accepted since the start.
    public var acceptedConnections = 0
    public var openConnections = 0
    /// Responses that were written to their end.
    public var completedResponses = 0
    /// Connections that the client closed in the middle of a response.
    public var abandonedResponses = 0
    /// In the order of their arrival.
    public var requests: [StandInRequest] = []
}
