import NightjarEngine

/// An error as Telegram words it.
struct StandInTelegramRefusal: Error, Equatable {
    var status: Int
    var description: String
    var parameters: [String: JSONValue] = [:]

    static let unknownMethod = StandInTelegramRefusal(status: 404, description: "Not Found: method not found")

    static func badRequest(_ text: String) -> StandInTelegramRefusal {
        StandInTelegramRefusal(status: 400, description: "Bad Request: \(text)")
    }

    static func conflict(_ text: String) -> StandInTelegramRefusal {
        StandInTelegramRefusal(status: 409, description: "Conflict: \(text)")
    }

    static func tooMany(seconds: Int64) -> StandInTelegramRefusal {
        StandInTelegramRefusal(
            status: 429, description: "Too Many Requests: retry after \(seconds)", parameters: ["retry_after": .integer(seconds)])
    }

    var document: JSONValue {
        var members: [String: JSONValue] = [
            "ok": .bool(false), "error_code": .integer(Int64(status)), "description": .string(description),
        ]
        if !parameters.isEmpty { members["parameters"] = .object(parameters) }
        return .object(members)
    }
}
