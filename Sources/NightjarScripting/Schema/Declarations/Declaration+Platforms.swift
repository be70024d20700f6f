extension Declaration {
    package static let webhookPlatform = Declaration(
        "platform", variant: "webhook", form: platformForm, summary: "Messages over HTTP, from anything that can post JSON",
        fields: [
            FieldSchema("path", .string(.path), default: "\"/webhooks/generic\"", "Where messages are posted to"),
            FieldSchema("secret", .secret, "Key of the signature that each message must carry"),
            FieldSchema("token", .secret, "Bearer token that each message must carry"),
        ])

    package static let terminalPlatform = Declaration(
        "platform", variant: "terminal", form: platformForm, summary: "The conversation of nightjar chat")

    static let platformForm = DeclarationForm.named(
        .oneOf(["discord", "slack", "telegram", "terminal", "webhook", "whatsapp"]))

    static let allowedUsers = FieldSchema("users", .list(.text), default: "{}", "Ids of those who may talk to it; * at the end allowed; all if empty")
    static let allowedChannels = FieldSchema("channels", .list(.text), default: "{}", "Ids of where it may be talked to, likewise")

    static func apiURL(_ standard: String) -> FieldSchema {
        FieldSchema("api_url", .text, default: "\"\(standard)\"", "Where the platform's API is; another one for tests")
    }
}

extension DeclarationFamily {
    package static let platform = DeclarationFamily(
        selector: .name,
        members: [.discordPlatform, .slackPlatform, .telegramPlatform, .terminalPlatform, .webhookPlatform, .whatsAppPlatform])
}
