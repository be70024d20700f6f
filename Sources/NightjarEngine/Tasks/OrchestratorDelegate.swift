/// What the orchestrator needs of the engine around it.
protocol OrchestratorDelegate: AnyObject, Sendable {
    /// The generation that new attempts begin under.
    var definitions: Definitions { get }
    func context(for task: TaskRecord, callID: String, definitions: Definitions) -> HandlerContext
    /// A reply as the outbox shall store it.
    func outboxEntry(_ content: ReplyContent, about task: TaskRecord, origin: String) -> OutboxEntry
    /// Replies that are in the store now, to be delivered.
    func didPost(_ entries: [OutboxEntry])
    /// An attempt begins.
    func didBegin(_ task: TaskRecord) async
    /// An attempt has ended, and what follows from it is stored.
    func didLeave(_ task: TaskRecord)
    /// A piece of visible text of a running attempt.
    func didStream(_ text: String, of task: TaskRecord) async
    /// A task reached its final state.
    func didFinish(_ task: TaskRecord) async
}
