/// One HTTP request of a script.
public struct FetchRequest: Sendable, Equatable {
    public var method: String
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?
    /// For the whole exchange.
    public var timeout: Duration

    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(30)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }

    public static func == (left: FetchRequest, right: FetchRequest) -> Bool {
        left.method == right.method && left.url == right.url && left.body == right.body && left.timeout == right.timeout
            && left.headers.elementsEqual(right.headers, by: ==)
    }
}
