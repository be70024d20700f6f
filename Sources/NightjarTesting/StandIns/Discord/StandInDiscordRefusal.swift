import NightjarEngine

/// An error as Discord answers it.
struct StandInDiscordRefusal: Error {
    var status = 400
    var code: Int64
    var message: String

    static let unknownMessage = StandInDiscordRefusal(status: 404, code: 10008, message: "Unknown Message")
    static let unknownChannel = StandInDiscordRefusal(status: 404, code: 10003, message: "Unknown Channel")
    static let unknownWebhook = StandInDiscordRefusal(status: 404, code: 10015, message: "Unknown Webhook")
    static let missingAccess = StandInDiscordRefusal(status: 403, code: 50001, message: "Missing Access")
    static let unauthorized = StandInDiscordRefusal(status: 401, code: 0, message: "401: Unauthorized")
    static let alreadyAnswered = StandInDiscordRefusal(code: 40060, message: "Interaction has already been acknowledged.")
    static func invalid(_ what: String) -> StandInDiscordRefusal {
        StandInDiscordRefusal(code: 50035, message: "Invalid Form Body: \(what)")
    }

    var answer: StandInAnswer {
        let document: JSONValue = ["code": .integer(code), "message": .string(message)]
        return StandInAnswer(status: status, headers: ["content-type": "application/json"], steps: [.raw(document.text)])
    }
}
