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

    private static let platformForm = DeclarationForm.named(
        .oneOf(["terminal", "webhook"], later: NotThereYet.platforms))
}

extension DeclarationFamily {
    package static let platform = DeclarationFamily(
        selector: .name, members: [.terminalPlatform, .webhookPlatform])
}
