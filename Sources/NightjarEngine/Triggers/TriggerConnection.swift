/// The way into an agent's session.
public protocol TriggerConnection: Sendable {
    /// Whether the session has no turn, no sub-agent and no background task now. It may change before the caller acts on it.
    var isIdle: Bool { get }

    /// Puts a message into the session.
    ///
    /// With `whenIdle` it waits until the session is idle and claims it in the same step, so two waiting triggers never
    /// start two turns at once; those who wait are served in the order in which they came. With `immediate` it does not wait.
    /// With `interrupt` it stops the running turn and takes its place.
    /// - Throws: `CancellationError`, at once, when the task is cancelled while it waits; then nothing is ever sent.
    func send(_ text: String, delivery: TriggerOptions.Delivery) async throws
}
