import NightjarEngine

/// What a generic webhook is sent: `{"user":…,"channel":…,"text":…,"id":…,"callback_url":…}`.
public struct WebhookBody: Sendable, Equatable {
    /// Where a message belongs whose sender names no channel.
    public static let defaultChannel = "default"

    public var user: String
    public var channel: String
    public var thread: String?
    public var text: String
    /// The sender's own name for the message, by which a repetition is known.
    public var id: String?
    public var callbackURL: String?

    /// - Throws: ``JSONFieldsError``, in words for the sender.
    public init(parsing bytes: [UInt8]) throws(JSONFieldsError) {
        let fields = try JSONFields(parsing: bytes)
        user = try Self.name(fields.requiredString("user"), of: "user")
        channel =
            try fields.string("channel").map { value throws(JSONFieldsError) in try Self.name(value, of: "channel") }
            ?? Self.defaultChannel
        thread = try fields.string("thread").map { value throws(JSONFieldsError) in try Self.name(value, of: "thread") }
        id = try fields.string("id").map { value throws(JSONFieldsError) in
            try Self.name(value, of: "id", bytesMax: WebhookLimits.idBytesMax)
        }
        callbackURL = try fields.string("callback_url").map { value throws(JSONFieldsError) in
            try Self.name(value, of: "callback_url", bytesMax: WebhookLimits.callbackURLBytesMax)
        }
        text = try Self.text(fields.requiredString("text"))
    }

    private static func name(
        _ value: String, of key: String, bytesMax: Int = WebhookLimits.nameBytesMax
    ) throws(JSONFieldsError) -> String {
        guard !value.isEmpty else { throw JSONFieldsError("\"\(key)\" is empty") }
        guard value.utf8.count <= bytesMax else { throw JSONFieldsError("\"\(key)\" is longer than \(bytesMax) bytes") }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw JSONFieldsError("\"\(key)\" has a control character in it")
        }
        return value
    }

    private static func text(_ value: String) throws(JSONFieldsError) -> String {
        guard value.utf8.count <= EngineLimits.textBytesMax else {
            throw JSONFieldsError("\"text\" is longer than \(EngineLimits.textBytesMax) bytes")
        }
        guard value.contains(where: { !$0.isWhitespace }) else { throw JSONFieldsError("\"text\" is empty") }
        // No text has a use for it, and not every store can keep it.
        guard !value.utf8.contains(0) else { throw JSONFieldsError("\"text\" has a NUL character in it") }
        return value
    }
}
