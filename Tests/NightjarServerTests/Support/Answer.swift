import NightjarEngine

/// A whole response.
struct Answer {
    var status: Int
    var headers: [String: String]
    var text: String

    var json: JSONValue {
        get throws { try JSONValue(parsing: text) }
    }

    /// The problem's code, when it is a problem as RFC 9457 wants it.
    var problem: String? {
        get throws {
            guard headers["content-type"] == "application/problem+json", try json["status"] == .integer(Int64(status)),
                try json["title"]?.string != nil, try json["detail"]?.string != nil
            else { return nil }
            return try json["code"]?.string
        }
    }
}
