import NightjarEngine

extension Declaration {
    package static let onWebhook = Declaration(
        "on_webhook",
        form: .positional([
            FieldSchema("path", .string(.path), required: true, "Where requests are posted to, such as \"/hooks/github\""),
            FieldSchema("options", .declared(.webhookOptions), required: true, "Its name, and how a request proves itself"),
            FieldSchema(
                "handler", .function(FunctionShape(["ctx": "nightjar.Context"], returns: "any")), required: true,
                "What it does about ctx.request; text that it returns is sent to its channel"),
        ]),
        summary: "Runs a handler for each request to a path, once for each delivery", fields: webhookFields)

    package static let webhookOptions = Declaration(
        "webhook_options", form: .part, summary: "What on_webhook asks of a request, and where its answers go", fields: webhookFields)

    private static let webhookFields = [
        FieldSchema("name", .text, required: true, "Unique among the triggers"),
        FieldSchema("secret", .secret, "Key of the signature that each request must carry, as Standard Webhooks or GitHub make it"),
        FieldSchema("token", .secret, "Bearer token that each request must carry"),
        FieldSchema("agent", .text, "Whose session ctx:send writes to; the default agent otherwise"),
        FieldSchema("channel", .text, "Where answers go, such as \"slack:#ops\"; the log otherwise"),
        FieldSchema(
            "delivery", .choice(TriggerOptions.Delivery.allCases.map(\.rawValue)), default: "\"when_idle\"", "When its messages enter a busy session"),
    ]
}
