/// One due moment of a trigger. It is claimed once, so that no restart and no second machine fires it twice.
public struct TriggerSlot: Hashable, Sendable, Codable {
    /// A firing that counts for `max_runs`.
    public struct Run: Hashable, Sendable, Codable {
        /// As in ``TriggerMemory/timing``.
        public var timing: String
        /// From 1.
        public var number: Int

        public init(timing: String, number: Int) {
            self.timing = timing
            self.number = number
        }
    }

    public var trigger: String
    public var due: Timestamp
    /// Remembered in the step that claims the slot; nil when nobody counts.
    public var run: Run?

    public init(trigger: String, due: Timestamp, run: Run? = nil) {
        self.trigger = trigger
        self.due = due
        self.run = run
    }
}
