/// What came back.
public struct FetchResponse: Sendable, Equatable {
    public var status: Int
    /// Names in lower case; repeated headers joined by a comma and a space.
    public var headers: [String: String]
    /// At most ``EffectLimits/responseBytesMax`` bytes.
    public var body: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
