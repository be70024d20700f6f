public import NightjarEngine

/// A call that the stand-in was asked for, taken or not.
public struct StandInTelegramCall: Sendable, Equatable {
    public var method: String
    public var parameters: [String: JSONValue]
    /// The status it was answered with; 0 while it was not, or with something that was scripted.
    public var status: Int
}
