import NightjarEngine

/// Why the stand-in does not do what it is asked for.
struct StandInWhatsAppRefusal: Error {
    var status = 400
    var code: Int
    var details: String

    static func badParameter(_ details: String) -> StandInWhatsAppRefusal { StandInWhatsAppRefusal(code: 100, details: details) }
    static func badValue(_ details: String) -> StandInWhatsAppRefusal { StandInWhatsAppRefusal(code: 131_009, details: details) }

    func answer(headers: [String: String] = [:]) -> StandInAnswer {
        let document: JSONValue = [
            "error": [
                "message": .string("(#\(code)) the stand-in refuses"), "type": "OAuthException", "code": .integer(Int64(code)),
                "error_data": ["messaging_product": "whatsapp", "details": .string(details)], "fbtrace_id": "standin",
            ]
        ]
        return StandInAnswer(status: status, headers: headers, steps: [.raw(document.text)])
    }
}
