internal import DequeModule
public import NightjarEngine
internal import Synchronization

/// A platform that remembers what it was told to send, and fails when a test says so.
public final class RecordingPlatform: Platform {
    /// What happens before a message counts as sent.
    public typealias Obstacle = @Sendable (OutboundMessage) async throws -> Void

    public let name: String
    public let capabilities: PlatformCapabilities
    /// Every attempt to send, the failed ones too.
    public let attempts = Recorder<OutboundMessage>()
    /// What was sent.
    public let delivered = Recorder<OutboundMessage>()
    private let obstacles = Mutex<Deque<Obstacle>>([])

    public init(name: String = "test", capabilities: PlatformCapabilities = PlatformCapabilities()) {
        self.name = name
        self.capabilities = capabilities
    }

    /// What was sent, as text.
    public var texts: [String] { delivered.all.map(\.rendered.plainText) }

    /// The next message meets this, the one after it the next obstacle.
    public func obstruct(_ obstacle: @escaping Obstacle) {
        obstacles.withLock { $0.append(obstacle) }
    }

    /// The next attempts fail.
    public func fail(_ count: Int = 1, with error: DeliveryError = DeliveryError("unreachable", isRetryable: true)) {
        for _ in 0..<count { obstruct { _ in throw error } }
    }

    public func deliver(_ message: OutboundMessage) async throws {
        attempts.add(message)
        if let obstacle = obstacles.withLock({ $0.popFirst() }) { try await obstacle(message) }
        delivered.add(message)
    }
}
