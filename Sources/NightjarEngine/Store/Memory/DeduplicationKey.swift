/// What makes two messages the same one.
struct DeduplicationKey: Hashable {
    let platform: String
    let channel: String
    let user: String
    let externalID: String

    /// nil when the sender gave no id: then every message is new.
    init?(_ message: InboundMessage) {
        guard let externalID = message.externalID else { return nil }
        platform = message.address.platform
        channel = message.address.channel
        user = message.address.user
        self.externalID = externalID
    }
}
