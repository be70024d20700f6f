/// Which of the slots that have come due since the last look are fired, and what becomes of the others.
///
/// Several come due at once when the process was down, the machine slept or the loop was held up. A slot no older than the grace
/// counts as on time: overlap alone decides about it. Older ones are misfires, of which the options keep one, some or none.
struct FiringPlan: Equatable, Sendable {
    /// To be fired, in this order.
    var slots: [Timestamp]
    /// How many of ``slots`` are misfires.
    var misfires: Int
    /// Slots on time that one of ``slots`` stands in for.
    var skipped: Int
    /// Misfires that are not made up for, and slots over ``TriggerLimits/backlogMax``.
    var dropped: Int

    /// - Parameters:
    ///   - first: the earliest slot not dealt with.
    ///   - count: how many slots from `first` on are due at `now`; at least 1.
    ///   - period: between slots, in milliseconds.
    init(first: Timestamp, count: Int64, period: Int64, at now: Timestamp, options: TriggerOptions) {
        let misfire = options.misfire
        func firstIndex(within age: Duration) -> Int64 {
            Self.firstIndex(within: age, from: first, count: count, period: period, at: now)
        }

        let onTime = firstIndex(within: misfire.grace)
        let catchesUp = misfire.catchupWindow > .zero
        let eligible = firstIndex(within: max(misfire.grace, misfire.catchupWindow))
        let wanted: Range<Int64> =
            if eligible == count {
                catchesUp ? count..<count : count - 1..<count
            } else if catchesUp, misfire.coalesce == .all {
                eligible..<count
            } else if options.overlap.runsEverySlot, onTime < count {
                onTime..<count
            } else if misfire.coalesce == .earliest {
                eligible..<eligible + 1
            } else {
                count - 1..<count
            }
        let chosen = wanted.suffix(TriggerLimits.backlogMax)

        slots = chosen.map { FiringGrid.slot($0, from: first, period: period) }
        misfires = chosen.count { $0 < onTime }
        let coalesced = options.overlap.runsEverySlot || wanted.count > 1 ? 0 : Int(count - onTime) - (chosen.count - misfires)
        skipped = coalesced
        dropped = Int(count) - chosen.count - coalesced
    }

    /// The first index whose slot is no older than `age`; `count` when all are older.
    private static func firstIndex(
        within age: Duration, from first: Timestamp, count: Int64, period: Int64, at now: Timestamp
    ) -> Int64 {
        let excess = (now - first) - age
        guard excess > .zero else { return 0 }
        return min(count, (excess.wholeMilliseconds + period - 1) / period)
    }
}
