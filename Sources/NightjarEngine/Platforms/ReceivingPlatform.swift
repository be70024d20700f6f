/// A platform whose servers send requests to `/webhooks/<name>`.
public protocol ReceivingPlatform: Platform {
    /// Decides about one request: verifies it, failing closed, and reads it. Quick and without effects, for the platform's servers wait
    /// only seconds for the answer.
    func receive(_ request: PlatformRequest) -> PlatformReception
}
