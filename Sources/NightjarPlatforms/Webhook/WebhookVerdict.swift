/// Whether a request comes from whom it should.
public enum WebhookVerdict: Sendable, Equatable {
    /// - Parameter deliveryID: the sender's name for this delivery, from the headers.
    case accepted(deliveryID: String?)
    /// In words for the sender's operator; never says what would have been right.
    case refused(String)
}
