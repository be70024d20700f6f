/// What the table asks the service to do.
struct TriggerWork: Sendable {
    var firings: [TriggerFiring] = []
    /// Numbers of firings to cancel; some may have ended.
    var cancels: [Int] = []

    var isEmpty: Bool { firings.isEmpty && cancels.isEmpty }
}
