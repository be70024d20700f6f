/// When a trigger is to be looked at.
struct TriggerAlarm: Comparable, Sendable {
    var wake: Timestamp
    /// Growing numbers make equal moments first come, first served.
    var number: Int
    /// Where the table keeps the trigger.
    var place: Int

    static func < (left: TriggerAlarm, right: TriggerAlarm) -> Bool {
        (left.wake, left.number) < (right.wake, right.number)
    }
}
