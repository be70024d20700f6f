/// A place where people talk to the engine, and how messages reach them there.
public protocol Platform: Sendable {
    var name: String { get }
    var capabilities: PlatformCapabilities { get }
    /// How text is shown there; plain unless the platform says otherwise.
    var layout: any TextLayout { get }

    /// Sends one message, which is never longer than ``layout`` allows.
    /// - Returns: the platform's name for what was sent, by which it can be changed later; nil where nothing can be changed.
    /// - Throws: ``DeliveryError``; the outbox retries or gives up as it says.
    @discardableResult
    func deliver(_ message: OutboundMessage) async throws -> String?

    /// How long to wait between two changes of a draft at an address; nil where unfinished answers are not shown.
    func draftPause(at address: Address) -> Duration?

    /// Shows an unfinished answer, or more of it. Its end is delivered as an ``OutboundMessage`` with the draft's reference.
    /// - Returns: the platform's name for the message that shows it.
    /// - Throws: ``DeliveryError``; drafts are shown less often then.
    func show(_ draft: Draft) async throws -> String?

    /// Shows that an answer is being worked on, where a platform can ("is typing …"). Failures are of no interest.
    func showActivity(at address: Address, replyRoute: String?) async

    /// Takes back what shows that an answer is awaited: the message has been worked on, and nothing was said. Asked only where
    /// ``PlatformCapabilities/awaitsAnswers`` says so. Failures are of no interest.
    func endActivity(at address: Address, replyRoute: String) async

    /// Reads a file that came with a message of this platform.
    /// - Returns: at most ``FileLimits/readBytesMax`` bytes.
    /// - Throws: ``DeliveryError`` when it is gone, too large, or cannot be reached.
    func read(_ file: MessageFile) async throws -> [UInt8]
}

extension Platform {
    public var layout: any TextLayout { PlainLayout() }
    public func draftPause(at address: Address) -> Duration? { nil }
    public func show(_ draft: Draft) async throws -> String? { nil }
    public func showActivity(at address: Address, replyRoute: String?) async {}
    public func endActivity(at address: Address, replyRoute: String) async {}
    public func read(_ file: MessageFile) async throws -> [UInt8] {
        throw DeliveryError("\(name) has no files to read", isRetryable: false)
    }
}
