/// One firing on its way from the table to its handler and back.
struct TriggerFiring: Sendable {
    /// Unique in the process.
    var number: Int
    /// Where the table keeps the trigger, and the number it had there: after a reload another may have its place.
    var place: Int
    var trigger: Int
    /// As it was when the firing began; a reload does not change it.
    var spec: TriggerSpec
    var due: TriggerTimeline.Due

    var slot: TriggerSlot {
        TriggerSlot(trigger: spec.name, due: due.slot, run: due.run.map { TriggerSlot.Run(timing: spec.timing, number: $0) })
    }
    var isDurable: Bool { !due.isUnscheduled && spec.isDurable }
    var isCancellable: Bool { spec.options.overlap == .cancelOther }
}
