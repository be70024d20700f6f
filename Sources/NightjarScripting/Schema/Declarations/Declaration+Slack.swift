extension Declaration {
    package static let slackPlatform = Declaration(
        "platform", variant: "slack", form: platformForm,
        summary: "A Slack app: events, slash commands and buttons over HTTP or Socket Mode",
        fields: [
            FieldSchema("bot_token", .secret, required: true, "The app's bot token, which begins with xoxb-"),
            FieldSchema("signing_secret", .secret, "Key of the signature of Slack's requests; it takes none without it"),
            FieldSchema(
                "app_token", .secret, "The app-level token, which begins with xapp-; given one, events come by Socket Mode"),
            FieldSchema(
                "workspaces", .list(.text), default: "{}",
                "Ids of the workspaces that may use it; * at the end allowed; all if empty"),
            allowedChannels, allowedUsers,
            FieldSchema(
                "reply_in_thread", .boolean, default: "true", "Whether messages in channels are answered in a thread of them"),
            FieldSchema(
                "channel_messages", .boolean, default: "false",
                "Whether messages in channels are for it that neither mention it nor begin with a prefix"),
            FieldSchema(
                "prefixes", .list(.text), default: "{ \"!nj\" }",
                "How messages in channels begin that are for it, beside mentions"),
            FieldSchema(
                "commands", .list(.text), default: "{ \"/nightjar\", \"/nj\" }",
                "Slash commands whose text is a command itself: /nj run agent x"),
            FieldSchema(
                "streaming", .choice(["native", "edits", "off"]), default: "\"native\"",
                "How answers are shown while they are written: by Slack's streams in threads and edits elsewhere, by edits, or not"
            ),
            FieldSchema(
                "max_messages", .integer(1...100), default: "5",
                "Messages that one answer may take; a longer one is sent as its beginning and a file with all of it"),
            apiURL("https://slack.com/api"),
        ])
}
