/// What became of a wish to cancel.
public enum CancelOutcome: Sendable, Equatable {
    /// It is cancelled now; `wasRunning` says whether there is work to stop.
    case cancelled(TaskRecord, wasRunning: Bool)
    case alreadyFinished(TaskRecord)
    case notFound
}
