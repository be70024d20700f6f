import NightjarEngine

/// What a receiver's answer to a callback means for the delivery.
enum CallbackAnswer {
    /// - Parameter retryAfter: the header, in seconds; a date in it is not read.
    /// - Returns: nil when it was delivered.
    static func failure(status: UInt, retryAfter: String?) -> DeliveryError? {
        switch status {
        case 200..<300:
            return nil
        case 300..<400:
            return DeliveryError(
                "the callback answered \(status); redirects are not followed, so give its final address", isRetryable: false)
        case 408, 425, 429, 500..<600:
            let wish = retryAfter.flatMap { Int64($0) }.map { Duration.seconds(min(max($0, 0), retryAfterSecondsMax)) }
            return DeliveryError("the callback answered \(status)", isRetryable: true, retryAfter: wish)
        default:
            return DeliveryError("the callback answered \(status)", isRetryable: false)
        }
    }

    /// A receiver cannot put a delivery off for longer than this.
    private static let retryAfterSecondsMax: Int64 = 3600
}
