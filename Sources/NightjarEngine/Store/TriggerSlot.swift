/// One due moment of a trigger. It is claimed once, so that no restart and no second machine fires it twice.
public struct TriggerSlot: Hashable, Sendable, Codable {
    public var trigger: String
    public var due: Timestamp

    public init(trigger: String, due: Timestamp) {
        self.trigger = trigger
        self.due = due
    }
}
