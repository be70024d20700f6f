internal import DequeModule
public import NightjarEngine
internal import Synchronization

/// A platform that remembers what it was told to send, and fails when a test says so.
public final class RecordingPlatform: Platform {
    /// What happens before a message counts as sent.
    public typealias Obstacle = @Sendable (OutboundMessage) async throws -> Void

    public let name: String
    public let capabilities: PlatformCapabilities
    public let layout: any TextLayout
    /// Every attempt to send, the failed ones too.
    public let attempts = Recorder<OutboundMessage>()
    /// What was sent.
    public let delivered = Recorder<OutboundMessage>()
    /// Every try to show a draft.
    public let drafts = Recorder<Draft>()
    /// The routes of the messages that nothing was said to.
    public let endedActivities = Recorder<String>()
    private let pause: Duration?
    private let obstacles = Mutex<Deque<Obstacle>>([])
    private let draftErrors = Mutex<Deque<DeliveryError>>([])

    /// - Parameter draftPause: between two changes of a draft; nil shows none.
    public init(
        name: String = "test", capabilities: PlatformCapabilities = PlatformCapabilities(), layout: any TextLayout = PlainLayout(),
        draftPause: Duration? = nil
    ) {
        self.name = name
        self.capabilities = capabilities
        self.layout = layout
        pause = draftPause
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

    public func deliver(_ message: OutboundMessage) async throws -> String? {
        attempts.add(message)
        try await meetObstacle(message)
        delivered.add(message)
        return message.draft ?? message.idempotencyKey
    }

    public func draftPause(at address: Address) -> Duration? { pause }

    public func show(_ draft: Draft) async throws -> String? {
        drafts.add(draft)
        if let error = draftErrors.withLock({ $0.popFirst() }) { throw error }
        return draft.reference ?? "draft of \(draft.taskID)"
    }

    public func endActivity(at address: Address, replyRoute: String) async { endedActivities.add(replyRoute) }

    /// The next drafts are refused.
    public func refuseDrafts(_ count: Int = 1, with error: DeliveryError) {
        draftErrors.withLock { errors in for _ in 0..<count { errors.append(error) } }
    }

    private func meetObstacle(_ message: OutboundMessage) async throws {
        if let obstacle = obstacles.withLock({ $0.popFirst() }) { try await obstacle(message) }
    }
}
