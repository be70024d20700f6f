import NightjarEngine

/// A message that WhatsApp took, and reports later that it did not reach the person.
struct WhatsAppFailure: Equatable {
    /// WhatsApp's name for it.
    var message: String
    /// Whom it was for.
    var recipient: String
    var code: Int
    var details: String

    /// Statuses are for the operator only, so what does not fit is passed over.
    /// - Returns: nil for a status that is no failure.
    init?(_ status: JSONValue) {
        guard status["status"]?.string == "failed" else { return nil }
        let error = status["errors"]?.array?.first
        message = status["id"]?.string ?? ""
        recipient = status["recipient_id"]?.string ?? status["recipient_user_id"]?.string ?? ""
        code = error?["code"]?.integer.map { Int($0) } ?? 0
        details = error?["error_data"]?["details"]?.string ?? error?["title"]?.string ?? ""
    }
}
