import Foundation

/// A request that fired a trigger, as it is stored and as its handler sees it.
public struct TriggerRequest: Codable, Sendable, Equatable {
    public var method: String
    public var path: String
    public var query: [String: String]
    /// Names in lower case; of one that came twice, the values joined by commas. Those that prove the sender are left out: they are secrets.
    public var headers: [String: String]
    /// As text, or in base64 when it is none.
    private var body: String
    private var isBase64: Bool

    public init(method: String, path: String, query: [String: String], headers: [String: String], body: [UInt8]) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers.filter { !Self.secretHeaders.contains($0.key) }
        if let text = String(validating: body, as: UTF8.self) {
            self.body = text
            isBase64 = false
        } else {
            self.body = Data(body).base64EncodedString()
            isBase64 = true
        }
    }

    private static let secretHeaders: Set<String> = ["authorization", "cookie", "proxy-authorization"]

    /// Exactly as it came.
    public var bytes: [UInt8] { isBase64 ? Data(base64Encoded: body).map(Array.init) ?? [] : Array(body.utf8) }

    /// As the text of the message that it is stored as.
    var text: String {
        // A struct of texts always encodes.
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    init?(text: String) {
        guard let request = try? JSONDecoder().decode(TriggerRequest.self, from: Data(text.utf8)) else { return nil }
        self = request
    }
}
