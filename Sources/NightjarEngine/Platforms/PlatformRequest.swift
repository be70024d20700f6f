/// A request of a platform's servers, as it came over HTTP.
public struct PlatformRequest: Sendable, Equatable {
    public enum Method: Sendable {
        case get
        case post
    }

    public var method: Method
    /// Names and values in order, decoded.
    public var query: [(name: String, value: String)]
    /// Names in lower case; a header that came twice is here twice.
    public var headers: [(name: String, value: String)]
    /// Exactly as it came, since signatures are made over it.
    public var body: [UInt8]
    public var receivedAt: Timestamp

    public init(
        method: Method = .post, query: [(name: String, value: String)] = [], headers: [(name: String, value: String)],
        body: [UInt8], receivedAt: Timestamp
    ) {
        self.method = method
        self.query = query
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }

    /// A header's value; nil when it is missing, and when it came more than once, for it is not clear then which of them counts.
    public func header(_ name: String) -> String? {
        let values = headers.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }

    /// As ``header(_:)``.
    public func queryValue(_ name: String) -> String? {
        let values = query.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }

    public static func == (left: PlatformRequest, right: PlatformRequest) -> Bool {
        left.method == right.method && left.query.elementsEqual(right.query, by: ==)
            && left.headers.elementsEqual(right.headers, by: ==) && left.body == right.body && left.receivedAt == right.receivedAt
    }
}
