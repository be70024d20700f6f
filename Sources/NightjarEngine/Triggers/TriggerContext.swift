public import Logging

/// What a running ``Trigger`` may do.
public struct TriggerContext: Sendable {
    /// The time to wait by.
    public let clock: EngineClock
    let logger: Logger
    private let name: String
    private let connection: any TriggerConnection
    private let delivery: TriggerOptions.Delivery

    /// - Parameters:
    ///   - name: the trigger's, for the log.
    ///   - delivery: what ``send(_:)`` does.
    public init(
        name: String, connection: any TriggerConnection, delivery: TriggerOptions.Delivery, clock: EngineClock, logger: Logger
    ) {
        self.name = name
        self.connection = connection
        self.delivery = delivery
        self.clock = clock
        self.logger = logger
    }

    /// Whether the agent is idle now.
    public var isIdle: Bool { connection.isIdle }

    /// Sends a message as the trigger's ``Trigger/delivery`` says.
    /// - Throws: `CancellationError` when the trigger is stopped while it waits, and what the connection throws.
    public func send(_ text: String) async throws {
        try await connection.send(text, delivery: delivery)
    }

    /// Waits until the agent is idle, then sends the message, whatever the trigger's delivery.
    /// - Throws: as ``send(_:)``.
    public func sendWhenIdle(_ text: String) async throws {
        try await connection.send(text, delivery: .whenIdle)
    }

    /// Performs a step of the trigger; its error is logged with the trigger's name and goes no further.
    func isolate(_ step: (TriggerContext) async throws -> Void) async {
        do {
            try await step(self)
        } catch is CancellationError where Task.isCancelled {
            logger.debug("trigger stopped", metadata: ["trigger.name": "\(name)"])
        } catch {
            logger.error(
                "trigger failed",
                metadata: ["trigger.name": "\(name)", "error": "\(error)", "traceback": "\(ScriptError.traceback(of: error))"])
        }
    }
}
