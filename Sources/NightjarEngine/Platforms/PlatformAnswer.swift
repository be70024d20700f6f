/// What a platform's server is answered over HTTP.
public struct PlatformAnswer: Sendable, Equatable {
    public var status: Int
    public var contentType: String
    public var body: String

    public init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: String = "") {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public static func json(_ value: JSONValue) -> PlatformAnswer {
        PlatformAnswer(contentType: "application/json", body: value.text)
    }
}
