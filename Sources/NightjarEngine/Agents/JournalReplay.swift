/// A task's journal, arranged for looking up what has happened already.
struct JournalReplay: Sendable {
    private struct CallKey: Hashable {
        var iteration: Int
        var callID: String
    }

    private var answers: [Int: ModelResponse] = [:]
    private var started: Set<CallKey> = []
    private var results: [CallKey: ToolResult] = [:]

    init(_ entries: [JournalEntry]) {
        for entry in entries {
            switch entry {
            case .modelAnswered(let iteration, let response):
                answers[iteration] = response
            case .toolStarted(let iteration, let callID):
                started.insert(CallKey(iteration: iteration, callID: callID))
            case .toolFinished(let iteration, let callID, let result):
                results[CallKey(iteration: iteration, callID: callID)] = result
            case .draftShown:
                // What people saw of an attempt is no part of its work.
                continue
            }
        }
    }

    func answer(iteration: Int) -> ModelResponse? { answers[iteration] }

    func result(iteration: Int, callID: String) -> ToolResult? {
        results[CallKey(iteration: iteration, callID: callID)]
    }

    /// Whether a call was begun and nobody knows how it ended.
    func isOutcomeUnknown(iteration: Int, callID: String) -> Bool {
        let key = CallKey(iteration: iteration, callID: callID)
        return started.contains(key) && results[key] == nil
    }
}
