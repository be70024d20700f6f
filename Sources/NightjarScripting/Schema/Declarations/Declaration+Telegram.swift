extension Declaration {
    package static let telegramPlatform = Declaration(
        "platform", variant: "telegram", form: platformForm, summary: "A Telegram bot: long polling, or a webhook",
        fields: [
            FieldSchema("bot_token", .secret, required: true, "The token that BotFather gave"),
            FieldSchema("mode", .choice(["polling", "webhook"]), default: "\"polling\"", "How messages come"),
            FieldSchema("secret_token", .secret, "What Telegram's requests must carry; needed for the webhook"),
            FieldSchema("public_url", .text, "Address of /webhooks/telegram as Telegram reaches it; given one, it is registered"),
            FieldSchema("drafts", .boolean, default: "true", "Whether answers are shown while they are written"),
            FieldSchema(
                "native_drafts", .boolean, default: "false",
                "Whether private chats show them with sendMessageDraft, for bots that Telegram lets"),
            allowedChannels, allowedUsers, apiURL("https://api.telegram.org"),
        ])
}
