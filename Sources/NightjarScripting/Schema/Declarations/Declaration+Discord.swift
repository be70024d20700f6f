extension Declaration {
    package static let discordPlatform = Declaration(
        "platform", variant: "discord", form: platformForm,
        summary: "A Discord app: slash commands and buttons, and messages over the Gateway",
        fields: [
            FieldSchema("application_id", .text, required: true, "The application's id"),
            FieldSchema("bot_token", .secret, required: true, "The bot's token"),
            FieldSchema("public_key", .text, "The application's public key in hexadecimal; needed for interactions over HTTP"),
            FieldSchema("gateway", .boolean, default: "false", "Whether to connect to the Gateway, which brings messages"),
            FieldSchema(
                "prefixes", .list(.text), default: "{ \"!nj\" }", "How messages begin that are for it, beside mentions"),
            FieldSchema(
                "channel_messages", .boolean, default: "false",
                "Whether messages in channels are for it that have neither prefix nor mention"),
            FieldSchema(
                "register_commands", .boolean, default: "true",
                "Whether Discord's list of its commands is kept like the scripts'"),
            FieldSchema("drafts", .boolean, default: "true", "Whether answers are shown while they are written"),
            FieldSchema(
                "workspaces", .list(.text), default: "{}",
                "Ids of the servers that may use it; * at the end allowed; all if empty"),
            allowedChannels, allowedUsers, apiURL("https://discord.com/api/v10"),
        ])
}
