/// Work in the background that sends messages to an agent: the native counterpart of a script's trigger.
public protocol Trigger: Sendable {
    /// Names the trigger in the log.
    var name: String { get }

    /// When its messages enter a busy session. The runner enforces it; the default is `whenIdle`.
    var delivery: TriggerOptions.Delivery { get }

    /// Runs until it returns, throws or is cancelled. An error is logged with the trigger's name and harms no other trigger.
    ///
    /// It must end soon after it is cancelled, or ``TriggerRunner/stop()`` waits for it.
    func run(_ context: TriggerContext) async throws
}

extension Trigger {
    public var delivery: TriggerOptions.Delivery { .whenIdle }
}
