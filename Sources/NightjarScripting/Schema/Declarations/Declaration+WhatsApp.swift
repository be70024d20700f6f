extension Declaration {
    package static let whatsAppPlatform = Declaration(
        "platform", variant: "whatsapp", form: platformForm, summary: "A number of the WhatsApp Cloud API",
        fields: [
            FieldSchema("phone_number_id", .text, required: true, "The id of the number that messages are sent from"),
            FieldSchema("access_token", .secret, required: true, "The token of the system user"),
            FieldSchema("app_secret", .secret, required: true, "Key of the signature of WhatsApp's requests"),
            FieldSchema("verify_token", .secret, required: true, "What the handshake must carry, as typed into the app's dashboard"),
            FieldSchema("api_version", .text, default: "\"v23.0\"", "Version of the Graph API"),
            allowedChannels, allowedUsers, apiURL("https://graph.facebook.com"),
        ])
}
