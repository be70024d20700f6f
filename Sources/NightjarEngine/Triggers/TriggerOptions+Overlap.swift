extension TriggerOptions.Overlap {
    /// Whether each slot is to have a firing of its own, instead of one firing for all that passed.
    var runsEverySlot: Bool { self == .bufferAll || self == .allowAll }
}
