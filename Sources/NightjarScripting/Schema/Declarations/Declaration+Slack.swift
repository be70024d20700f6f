extension Declaration {
    package static let slackPlatform = Declaration(
        "platform", variant: "slack", form: platformForm, summary: "A Slack app: events and slash commands over HTTP, or Socket Mode",
        fields: [
            FieldSchema("bot_token", .secret, required: true, "The app's bot token, which begins with xoxb-"),
            FieldSchema("signing_secret", .secret, "Key of the signature of Slack's requests; needed for events over HTTP"),
            FieldSchema("app_token", .secret, "The app-level token, which begins with xapp-; given one, events come by Socket Mode"),
            FieldSchema("workspaces", .list(.text), default: "{}", "Ids of the workspaces that may use it; * at the end allowed; all if empty"),
            allowedChannels, allowedUsers, apiURL("https://slack.com/api"),
        ])
}
