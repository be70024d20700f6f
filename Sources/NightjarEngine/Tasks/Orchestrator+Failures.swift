import Logging

extension Orchestrator {
    /// Puts a failed attempt into the log: its person hears of the last one only, and of that perhaps in another place.
    func logFailure(of task: TaskRecord, attempt: Int, _ end: AttemptEnd, _ change: TaskChange, _ definitions: Definitions) {
        var metadata: Logger.Metadata = [
            "task.id": "\(task.id)", "agent": "\(task.agent)", "model": "\(definitions.agents[task.agent]?.modelName ?? "")",
            "attempt": "\(attempt)",
        ]
        switch (change, end) {
        case (.fail(let failure, _), _):
            metadata["error"] = "\(failure.code): \(failure.message)"
            logger.warning("a task failed", metadata: metadata)
        case (.retry(let until), .failed(let failure, _, _, _)):
            metadata["error"] = "\(failure.code): \(failure.message)"
            metadata["next"] = "\(until.iso8601)"
            logger.warning("an attempt of a task failed, it is tried again", metadata: metadata)
        default: break
        }
    }

    /// Why a task that took too long may have done so: its model has not answered since the task began.
    func trouble(of task: TaskRecord, _ agent: AgentDefinition) -> String? {
        troubles.message(of: agent.modelName, since: task.startedAt ?? task.createdAt)
    }
}
