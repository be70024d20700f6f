import HTTPTypes

extension HTTPField.Name {
    // All of these are tokens in the sense of HTTP, and so are names.
    static let webhookID = known("webhook-id")
    static let webhookTimestamp = known("webhook-timestamp")
    static let webhookSignature = known("webhook-signature")
    static let hubSignature = known("x-hub-signature-256")
    static let gitHubDelivery = known("x-github-delivery")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no header's name") }
        return name
    }
}
