public import NightjarEngine

/// A call of Discord's API, refused or not.
public struct StandInDiscordCall: Sendable, Equatable {
    /// The method and the path with ids and tokens left out: `POST /channels/:id/messages`.
    public var route: String
    public var body: JSONValue
    public var status = 0
}
