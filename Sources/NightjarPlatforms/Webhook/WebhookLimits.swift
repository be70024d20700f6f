/// Bounds of the generic webhook.
public enum WebhookLimits {
    /// Names of users, channels and threads, in bytes: they are keys of sessions and quotas, not texts.
    public static let nameBytesMax = 256
    /// A sender's own id of a message, in bytes: room for any UUID, URN or hash.
    public static let idBytesMax = 256
    /// A callback address in bytes, as long as browsers and servers commonly take.
    public static let callbackURLBytesMax = 2048
    /// How far a signature's clock may be off; Standard Webhooks recommends five minutes.
    public static let clockTolerance = Duration.seconds(5 * 60)
    /// Signatures looked at in one header: a sender that changes its key sends two.
    public static let signaturesMax = 8
    /// Nesting of JSON values that are only skipped over.
    public static let jsonDepthMax = 64
    /// Fields of a body's object.
    public static let fieldsMax = 256
    /// How long a callback may take to connect, and to answer in all.
    public static let callbackConnectTimeout = Duration.seconds(5)
    public static let callbackTimeout = Duration.seconds(15)
}
