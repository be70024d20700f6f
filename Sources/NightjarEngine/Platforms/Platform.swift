/// A place where people talk to the engine, and how messages reach them there.
public protocol Platform: Sendable {
    var name: String { get }
    var capabilities: PlatformCapabilities { get }

    /// Sends one message.
    /// - Throws: ``DeliveryError``; the outbox retries or gives up as it says.
    func deliver(_ message: OutboundMessage) async throws
}
